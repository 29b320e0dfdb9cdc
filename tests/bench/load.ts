/** Requests against a server on this machine, over connections that are kept. */
import { Agent, get } from 'node:http';
import { readFileSync } from 'node:fs';

interface Load {
	url: string;
	requests: number;
	connections?: number;
	headers?: Record<string, string>;
}

/** Sends so many requests and answers with the rate per second. @throws Error on any status but 200 */
export async function requestRate({ url, requests, connections = 32, headers = {} }: Load): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	let left = requests;
	const one = () =>
		new Promise<void>((done, fail) => {
			get(url, { agent, headers }, (response) => {
				if (response.statusCode !== 200) fail(new Error(`${url} answered ${response.statusCode}`));
				response.resume().once('end', done);
			}).once('error', fail);
		});
	const worker = async () => {
		while (left-- > 0) await one();
	};
	const start = performance.now();
	await Promise.all(Array.from({ length: connections }, worker));
	agent.destroy();
	return requests / ((performance.now() - start) / 1000);
}

/** Memory that a process holds, in megabytes (Linux); undefined elsewhere. */
export function residentMegabytes(pid: number): number | undefined {
	try {
		const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
	} catch {
		return undefined;
	}
}

export const median = (values: number[]): number =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
