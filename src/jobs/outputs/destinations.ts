/** Where the results of all inputs go: one stream, or files. Checked before anything is sent. */
import path from "node:path";
import { descriptorOf, STDOUT_DESCRIPTOR } from "./descriptor-path.ts";
import type { Destinations } from "./destination.ts";
import { type FileRequest, fileDestinations } from "./file-destinations.ts";
import { type StreamRequest, streamDestinations } from "./stream-destinations.ts";

export { isFolderOutput } from "./file-destinations.ts";

export interface DestinationRequest extends StreamRequest, Omit<FileRequest, "output"> {
  /** `-o` as typed; undefined, "-" or a path of stdout's descriptor: the stream. */
  readonly output?: string;
}

/**
 * @throws AsrError kind "usage" for results that can't share their place, "output" for a place
 *   that can't be written.
 */
export async function openDestinations(request: DestinationRequest): Promise<Destinations> {
  const { output, workingFolder } = request;
  const onStream = (): Destinations => ({ openSink: streamDestinations(request) });
  if (output === undefined || output === "-") return onStream();
  const descriptor = await descriptorOf(path.resolve(workingFolder, output));
  if (descriptor === STDOUT_DESCRIPTOR) return onStream();
  return fileDestinations({ ...request, output });
}
