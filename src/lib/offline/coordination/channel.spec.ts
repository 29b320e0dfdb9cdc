import { expect, it } from 'vitest';
import { Channel } from './channel';

it('is told of nothing any more once it is closed, and what goes on sending does not fail for that', async () => {
	const [here, there] = [new Channel('test'), new Channel('test')];
	const heard: unknown[] = [];
	there.listen((news) => heard.push(news));
	here.tell({ queue: 'outbox' });
	await expect.poll(() => heard).toEqual([{ queue: 'outbox' }]);
	here.close();
	expect(() => here.tell({ queue: 'photos' })).not.toThrow();
	there.close();
});
