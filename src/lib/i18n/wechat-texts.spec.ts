import { describe, expect, it } from 'vitest';
import { feedWords } from './feed-words';
import {
	cancelledText,
	changedText,
	inviteText,
	movedText,
	planText,
	promotedText,
	reminderText
} from './wechat-texts';

const url = 'https://friday.example/s/k3Jx';
const times = { start: '08:30:00', end: '11:00:00' };

const moved = {
	area: '红花岗区',
	from: '2026-09-25',
	date: '2026-09-18',
	times: null,
	place: null,
	reason: '9月25日是中秋节',
	url
};
const party = { name: '王女士', heads: 3, date: '2026-11-27', times, place: '府后山社区广场', url };
const plan = {
	date: '2026-11-27',
	times,
	task: '清理官井沟渠 620 米',
	leader: '陈师傅',
	meetingPoint: '府后山社区广场',
	bring: '雨鞋、手套、水壶。铁锹社区有。',
	tools: '铁锹、垃圾袋',
	safety: '沟边湿滑，小孩留在路面一侧',
	url
};

describe('texts for WeChat', () => {
	it('tell of a moved day', () => {
		expect(movedText(moved, 'zh')).toBe(`【义务劳动改期】
红花岗区9月25日的义务劳动改期了。报过名的仍然有效，不用重新报。
新时间：9月18日 周五
原因：9月25日是中秋节
来不了的，请点开链接取消，把位置让给别人：
${url}`);
		expect(movedText({ ...moved, times, place: 'Square', area: 'Old Town', reason: null }, 'en'))
			.toBe(`[Labour day moved]
Old Town: the labour day of 25 September has moved. Your sign-up still counts, no need to sign up again.
New date: Friday 18 September, 8:30–11:00 am
Meeting point: Square
If you cannot come, please cancel through the link, so that others get your place:
${url}`);
	});

	it('invite', () => {
		const what = { area: '老城街道', date: '2026-11-27', times, place: '府后山社区广场', url };
		expect(inviteText(what, 'zh')).toBe(`【义务劳动报名】
老城街道一起义务劳动，欢迎报名。
时间：11月27日 周五 上午 8:30–11:00
集合点：府后山社区广场
点这里报名，一分钟就好：
${url}`);
	});

	it('tell of another meeting point', () => {
		const what = { area: '老城街道', date: '2026-11-27', times, place: '文化宫门口', url };
		expect(changedText(what, 'zh')).toBe(`【集合有变】
老城街道义务劳动的集合有变化，请看现在的安排：
时间：11月27日 周五 上午 8:30–11:00
集合点：文化宫门口
报过名的仍然有效。来不了请点开链接改一下：
${url}`);
	});

	it('remind many without naming one', () => {
		expect(reminderText({ ...party, name: null, heads: null }, 'zh')).toContain('\n报了名的，别忘了来。\n');
		expect(reminderText({ ...party, name: null, heads: null }, 'en')).toContain('\nIf you signed up,');
	});

	it('tell of a cancelled gathering', () => {
		const what = { area: '老城街道', date: '2026-11-27', times, reason: '大雨', url };
		expect(cancelledText(what, 'zh')).toBe(`【义务劳动取消】
11月27日 周五 上午 8:30–11:00，老城街道的义务劳动取消了，请不要前往。
原因：大雨
给您添麻烦了，谢谢您报名。下一次的安排请看：
${url}`);
	});

	it('tell of a place on the waitlist that became a place', () => {
		expect(promotedText(party, 'zh')).toBe(`【候补成功】
王女士，您好！有空位了，您的报名（3人）已经成功。
时间：11月27日 周五 上午 8:30–11:00
集合点：府后山社区广场
来不了请点开链接取消，后面还有人在等：
${url}`);
		expect(promotedText({ ...party, name: 'Ms Wang' }, 'en')).toContain(
			'Hello Ms Wang, places became free: all 3 of you'
		);
		expect(promotedText({ ...party, name: null, heads: 1 }, 'en')).toContain(
			'\nA place became free: you are signed up.'
		);
	});

	it('tell of the plan, leaving out what is not known', () => {
		expect(planText(plan, 'zh')).toBe(`【分工已定】
时间：11月27日 周五 上午 8:30–11:00
集合点：府后山社区广场
任务：清理官井沟渠 620 米
组长：陈师傅
请带：雨鞋、手套、水壶。铁锹社区有。
要用的工具：铁锹、垃圾袋
注意安全：沟边湿滑，小孩留在路面一侧
详细安排和导航：
${url}`);
		const bare = planText({ ...plan, leader: null, bring: '', tools: '', safety: null }, 'en').split('\n');
		expect(bare.map((line) => line.split(':')[0])).toEqual([
			'[Your task]',
			'When',
			'Meeting point',
			'Task',
			'Details and the way there',
			'https'
		]);
	});

	it('remind', () => {
		expect(reminderText(party, 'zh')).toContain('王女士，您好！您报名了义务劳动（3人），别忘了来。\n时间：');
		expect(reminderText({ ...party, heads: 1 }, 'en')).toContain('you signed up for the labour day.');
	});

	it('keep their lines whatever was typed, and end with the link alone', () => {
		const typed = { ...party, name: '王\n女士', place: ' 府后山\r\n社区广场 ' };
		for (const locale of ['zh', 'en'] as const) {
			for (const build of [promotedText, reminderText]) {
				const lines = build(typed, locale).split('\n');
				expect(lines).toHaveLength(6);
				expect(lines.at(-1)).toBe(url);
			}
		}
	});
});

describe('the feed', () => {
	it('says moved and cancelled in both languages', () => {
		expect(feedWords('zh').moved('老城街道义务劳动')).toBe('改期：老城街道义务劳动');
		expect(feedWords('en').cancelled('Old Town')).toBe('Cancelled: Old Town');
	});
});
