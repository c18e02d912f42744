/** SHA-256 of what is used of onnxruntime-node 1.17.0 and onnxruntime-common 1.17.0, as npm has them. */
import type { Checksums } from "./weights-checksums.ts";

/** JavaScript of onnxruntime-node, the same on every machine. */
export const RUNTIME_SCRIPTS: Checksums = {
  "package.json": "bf2d17702861798fbd1d3cff3149e81731078c09fba5ca363aeec4869831281d",
  "dist/backend.js": "d9e7141ca5f17582418cab911dc767a3275b7a507b68dc61a004a4a7ecad4eb1",
  "dist/binding.js": "db8ad92079741a4943893eeaf5b577fd057bac27d043035bebd819635cf75e23",
  "dist/index.js": "019eb02133b94b1f7fdf2d89eb93b590ce1288d271f7b280647fb3978e6391fa",
  "dist/version.js": "ad06482a8bd83a1aa9559120189f64a7e413a8772ae051eb77a3912097de9eef",
};

/** Its native code, by platform and processor in Node's words. */
export const RUNTIME_BINARIES: Readonly<Record<string, Checksums>> = {
  "darwin-arm64": {
    "bin/napi-v3/darwin/arm64/libonnxruntime.1.17.0.dylib":
      "ef647a84fc267f442f9af55be10b8f3abe09a8dc35d49ea388099954068220dd",
    "bin/napi-v3/darwin/arm64/onnxruntime_binding.node":
      "bc948a794ac33454080739ef5b608237056657479a4118bbdf21072c4e0cc8c9",
  },
  "darwin-x64": {
    "bin/napi-v3/darwin/x64/libonnxruntime.1.17.0.dylib":
      "93180400150868c693d9e043016ca02ef4b4a7efa01b1f302ae429527817aebe",
    "bin/napi-v3/darwin/x64/onnxruntime_binding.node":
      "26da00ca316ec7a7fbe30c93d45a7c35729fc02db60678bd6f5813ef00aa05c6",
  },
  "linux-arm64": {
    "bin/napi-v3/linux/arm64/libonnxruntime.so.1.17.0":
      "c84a328bac2fd363418f130f93180044b0d9679cdf92b35ed72f7b07751ac085",
    "bin/napi-v3/linux/arm64/onnxruntime_binding.node":
      "d5b686915da924237c8a3214f5d153c102c12728a9f499a17a162817acbe3167",
  },
  "linux-x64": {
    "bin/napi-v3/linux/x64/libonnxruntime.so.1.17.0":
      "e734a269546870b82d7b3a4324c57f5d5123560661cc0db223d268ffb56e507d",
    "bin/napi-v3/linux/x64/onnxruntime_binding.node":
      "c7aa956161a6908619afb74864a8801e650f9fa6962e4f59fc5f9b751c9b13c7",
  },
  "win32-arm64": {
    "bin/napi-v3/win32/arm64/onnxruntime.dll":
      "3ee4c7a427c485ad3a7dd34a444646ee1a6210616d41be06f235d7d4ca6f9692",
    "bin/napi-v3/win32/arm64/onnxruntime_binding.node":
      "3c38b4447da80e262b950542debdcd4061734498d1f1cbdadab5c9d20bfcb9db",
    "bin/napi-v3/win32/arm64/onnxruntime_providers_shared.dll":
      "073674a636d173d25af0e66936fd58ae3d21b6bcc19fb96bc1c52efcee1db4e2",
  },
  "win32-x64": {
    "bin/napi-v3/win32/x64/onnxruntime.dll":
      "64d8e9723e066745157291ad534c935697aca679862b41b8cdef395ac8914329",
    "bin/napi-v3/win32/x64/onnxruntime_binding.node":
      "d690368890aaa1beffd547429c69af468973e1a13e5d6d68c53bc7cf633c7ce5",
    "bin/napi-v3/win32/x64/onnxruntime_providers_shared.dll":
      "61d191b456ac624e08bf5bfa474bbdaa6a48a75d2bcf3a8eb18a0d4680cba67b",
  },
};

/** onnxruntime-common, as CommonJS. */
export const RUNTIME_COMMON: Checksums = {
  "package.json": "98ee5d344142c6c56dfae74fe4c228f77009861165fd4769ef0644646e057dd2",
  "dist/cjs/backend-impl.js": "db9c80f4d6b5c5cc572bb427e57d847d3259e9839d25979ee380d3f76bd8aec0",
  "dist/cjs/backend.js": "325aaee7a2649ea27629666f3ca01c0d80b9751e704ce502e43a8352390749b4",
  "dist/cjs/env-impl.js": "35cd8cac33973538eab471b68622c86c35a6896f4307d1a74c9ca0eda7abbac6",
  "dist/cjs/env.js": "22c7647f8ca1c1b83b437a92b95fee1457fcb72866fa029616b8f146dc609be8",
  "dist/cjs/index.js": "79e310d924edb18eff4ae83d2d29cb76841641fb2e8077a61b64bbc09eac26ac",
  "dist/cjs/inference-session-impl.js":
    "7b8ef8ac639dca288a81416f0c8b2e566393549ebb5db1f342f8276d6fbbf051",
  "dist/cjs/inference-session.js":
    "458be26f316c5068d32a56ddbc30ca0aa687c636e079b3d161a69f0f14a683f1",
  "dist/cjs/onnx-model.js": "667f5fdac4b6df25e17f8a864d4dc619507f541f9fa0aafb6d3572fcca1e25e5",
  "dist/cjs/onnx-value.js": "8446854766f4955ce438a7338216f49223767ecc508bb502b73a3dc1a1f1998e",
  "dist/cjs/package.json": "091a04fa67c7907b98e106fcff8b964e13129754fce72d24f3025b97c4887fa3",
  "dist/cjs/tensor-conversion-impl.js":
    "fc6e9a5780b1e36cc6dd52e12b42176601daed2f58cfd31d0373631549c5e15c",
  "dist/cjs/tensor-conversion.js":
    "28cc462d4a9ea556ecc86c0e6d16a51d61b58d5bc5b4b7b48976b14bc8035bdc",
  "dist/cjs/tensor-factory-impl.js":
    "730d8b29a857543074d98d68625564ce9354bd3436dfad130e2fad5d8b2fd4ee",
  "dist/cjs/tensor-factory.js": "13b8d735350b828a49bda8aeec50b1dac888cf42268006efc4312f50a88b6906",
  "dist/cjs/tensor-impl-type-mapping.js":
    "a946d37553a8551f7e587887ff7a562c53c8c1c1f1953842a3b92f35ff2cb769",
  "dist/cjs/tensor-impl.js": "258a6107588ee75e830d40f72435e41a95de6acdbaf64e1db7ad67be4b0b04d3",
  "dist/cjs/tensor-utils-impl.js":
    "7560ce8a9835e49a17d762bffbd60cad599aea9c5cd8398192c473a77d2e7551",
  "dist/cjs/tensor-utils.js": "d3f577e90dc2257c72ac728e5e6355c34af0342d971158d9f22b69d22aa97b8d",
  "dist/cjs/tensor.js": "9097114de356750f36f28776fa6ccd08d13694f0f9aac9e7669c30b6c43153f7",
  "dist/cjs/trace.js": "9f8a7ad8fb290a43966fa91583e3f75c69c1166a8dfc0bfba066bad523ddbf4c",
  "dist/cjs/training-session-impl.js":
    "e469a27ac5a7b168767faeec88072e7156f973b79ff0fcfe8f813f5ac8fbd70a",
  "dist/cjs/training-session.js":
    "bfd350677b95a9c85be394c33e498ccbb446c13a80f521cf84b3584ca885a61b",
  "dist/cjs/version.js": "ad06482a8bd83a1aa9559120189f64a7e413a8772ae051eb77a3912097de9eef",
};
