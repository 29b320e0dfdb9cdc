import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Connectivity } from './connectivity';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks the server, more and more rarely, until it answers', async () => {
	let well = false;
	const ask = vi.fn(async () => well);
	const heard: string[] = [];
	const connectivity = new Connectivity({ ask, random: () => 0.5 });
	connectivity.listen((reach) => heard.push(reach));

	connectivity.failed();
	connectivity.failed();
	await vi.advanceTimersByTimeAsync(1999);
	expect(ask).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(1);
	expect(ask).toHaveBeenCalledTimes(1);
	await vi.advanceTimersByTimeAsync(4999);
	expect(ask).toHaveBeenCalledTimes(1);
	well = true;
	await vi.advanceTimersByTimeAsync(1);
	expect(ask).toHaveBeenCalledTimes(2);
	expect(heard).toEqual(['down', 'up']);

	await vi.advanceTimersByTimeAsync(600_000);
	expect(ask).toHaveBeenCalledTimes(2);
});

it('asks once for all who want to know', async () => {
	let answer = (_: boolean) => {};
	const ask = vi.fn(() => new Promise<boolean>((done) => (answer = done)));
	const connectivity = new Connectivity({ ask });
	const both = [connectivity.check(), connectivity.check()];
	answer(true);
	expect(await Promise.all(both)).toEqual([true, true]);
	expect(ask).toHaveBeenCalledTimes(1);
	expect(connectivity.reach).toBe('up');
});
