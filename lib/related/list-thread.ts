/** A thread that lists titles for `everyList`: it is sent where a batch begins, and answers with the batch. */
import { parentPort, workerData } from 'node:worker_threads'
import { batchOf, type shareable } from './lists'
import { indexOf } from './rules'

const { catalogue, people } = workerData as ReturnType<typeof shareable>
const index = indexOf(catalogue, people)
parentPort!.on('message', (from: number) => parentPort!.postMessage(batchOf(index, from)))
