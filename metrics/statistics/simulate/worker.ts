import { parentPort, workerData } from 'node:worker_threads';
import { rates } from './rates.ts';

parentPort?.postMessage(rates(workerData));
