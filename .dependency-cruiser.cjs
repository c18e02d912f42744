module.exports = {
  forbidden: [{ name: "a-b", severity: "error", from: { path: "^src/a" }, to: { path: "^src/b" } }],
  options: { tsPreCompilationDeps: true, doNotFollow: { path: "node_modules" } },
};
