import { expect, it } from 'vitest';
import { LineIds } from './line-ids';

const counting = () => {
	let n = 0;
	return new LineIds(() => String(++n));
};

it('stay with their lines when a list is sent again, the same words twice too', () => {
	const ids = counting();
	expect(ids.of(['李先生 2人', '王女士', '李先生 2人'])).toEqual(['1', '2', '3']);
	expect(ids.of(['李先生 2人', '王女士', '李先生 2人'])).toEqual(['1', '2', '3']);
});

it('of what is left are the same when those before them are signed up', () => {
	const ids = counting();
	ids.of(['李先生 2人', '王女士', '李先生 2人', '李先生 2人']);
	ids.done('李先生 2人', '1');
	ids.done('王女士', '2');
	expect(ids.of(['李先生 2人', '李先生 2人'])).toEqual(['3', '4']);
});

it('are new for the same words in a later list: that is another family', () => {
	const ids = counting();
	ids.of(['李先生 2人']);
	ids.done('李先生 2人', '1');
	expect(ids.of(['李先生 2人'])).toEqual(['2']);
});
