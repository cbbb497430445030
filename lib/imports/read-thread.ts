/** A thread that reads files for `threads.ts`: it says when it is ready, then answers every file with what is in it. */
import { parentPort } from 'node:worker_threads'
import { readUpload } from './read'
import type { ThreadJob } from './threads'

parentPort!.on('message', ({ bytes, fileName }: ThreadJob) =>
  parentPort!.postMessage(
    readUpload(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), fileName),
  ),
)
parentPort!.postMessage('ready')
