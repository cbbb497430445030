/** A thread that lists titles for `everyList`: it is sent where a batch begins, and answers with the batch. */
import { parentPort, workerData } from 'node:worker_threads'
import { indexOf } from './compared'
import { batchOf, type shareable } from './lists'

const index = indexOf(workerData as ReturnType<typeof shareable>)
parentPort!.on('message', (from: number) => parentPort!.postMessage(batchOf(index, from)))
