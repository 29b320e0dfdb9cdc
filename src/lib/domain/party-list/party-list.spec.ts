import { describe, expect, it } from 'vitest';
import { keepLines, parsePartyList, type ListedParty } from './party-list';
import { readLead, readNumeral } from './words';

const only = (text: string) => {
	const rows = parsePartyList(text);
	expect(rows).toHaveLength(1);
	return rows[0]!;
};

describe('a line without a header', () => {
	it.each<[string, Partial<ListedParty>]>([
		[
			'王女士 13800138000 3人 带1个小孩',
			{ name: '王女士', phone: '+8613800138000', headcount: 3, minors: 1 }
		],
		['王女士\t13800138000\t3\t1', { name: '王女士', phone: '+8613800138000', headcount: 3, minors: 1 }],
		[
			'王女士，138 0013 8000，3，1，能当组长',
			{ headcount: 3, minors: 1, canLead: true, phone: '+8613800138000' }
		],
		['王女士、13800138000、三个人、清沟渠', { headcount: 3, wishes: ['drain'], note: '' }],
		['王女士 138 0013 8000 3', { phone: '+8613800138000', headcount: 3 }],
		['１３８００１３８０００　王女士　３人', { name: '王女士', phone: '+8613800138000', headcount: 3 }],
		['王女士13800138000', { name: '王女士', phone: '+8613800138000', headcount: 1, minors: 0 }],
		['李先生', { name: '李先生', phone: null, headcount: 1, minors: 0, canLead: false }],
		['李先生 带1个小孩', { headcount: 2, minors: 1 }],
		['李先生(带两个小孩)', { name: '李先生', headcount: 3, minors: 2 }],
		['李先生 两大一小', { headcount: 3, minors: 1 }],
		['李先生 2大2小', { headcount: 4, minors: 2 }],
		['刘家 一家四口', { name: '刘家', headcount: 4 }],
		['刘女士一家四口', { name: '刘女士', headcount: 4 }],
		['供电局青年队等12人', { name: '供电局青年队', headcount: 12 }],
		['五(2)班家长 十二人', { name: '五(2)班家长', headcount: 12 }],
		['第三小学五(2)班,13800138000,45人,小孩40', { name: '第三小学五(2)班', headcount: 45, minors: 40 }],
		['1. 赵阿姨 2人', { name: '赵阿姨', headcount: 2 }],
		['1、赵阿姨、2人', { name: '赵阿姨', headcount: 2 }],
		['7\t赵阿姨\t\t2\t', { name: '赵阿姨', headcount: 2, phone: null }],
		['周先生 自带工具 腿脚不便', { name: '周先生', note: '自带工具 腿脚不便' }],
		['周先生 铲小广告 扫街', { wishes: ['adverts', 'roadside'], note: '' }],
		['周先生 住北京路', { wishes: [], note: '住北京路' }],
		['周先生 不能当组长', { canLead: false, note: '' }],
		[
			'Ann Lee, +1 415 555 2671, 3 people, 1 child, can lead',
			{ name: 'Ann Lee', phone: '+14155552671', headcount: 3, minors: 1, canLead: true }
		]
	])('%s', (text, party) => {
		const row = only(text);
		expect(row.problems).toEqual([]);
		expect(row.party).toMatchObject(party);
	});
});

describe('a table with a header', () => {
	it('goes by its columns, whatever their order', () => {
		const rows = parsePartyList(
			'序号\t手机号\t姓名\t人数\t其中小孩\t能当组长\t想做什么\t备注\r\n' +
				'1\t138-0013-8000\t王女士\t3人\t1\t√\t清沟、捡垃圾\t\r\n' +
				'2\t\t陈师傅\t二\t\t\t\t听力不好\r\n'
		);
		expect(rows).toEqual([
			{
				line: 2,
				text: '1\t138-0013-8000\t王女士\t3人\t1\t√\t清沟、捡垃圾',
				party: {
					name: '王女士',
					phone: '+8613800138000',
					headcount: 3,
					minors: 1,
					canLead: true,
					wishes: ['drain', 'roadside'],
					note: ''
				},
				problems: []
			},
			{
				line: 3,
				text: '2\t\t陈师傅\t二\t\t\t\t听力不好',
				party: {
					name: '陈师傅',
					phone: null,
					headcount: 2,
					minors: 0,
					canLead: false,
					wishes: [],
					note: '听力不好'
				},
				problems: []
			}
		]);
	});

	it('keeps columns it does not know in the note', () => {
		const [row] = parsePartyList('姓名,电话,楼栋\n王女士,13800138000,3栋');
		expect(row?.party).toMatchObject({ name: '王女士', headcount: 1, note: '3栋' });
	});

	it('reads English headers', () => {
		const [row] = parsePartyList('Name,Phone,Headcount,Minors,Can lead,Note\nAnn,13800138000,2,0,yes,gloves');
		expect(row?.party).toMatchObject({ name: 'Ann', headcount: 2, minors: 0, canLead: true, note: 'gloves' });
	});

	it('keeps it above the lines that stay, which mean the same as before', () => {
		const text = '序号\t姓名\t手机\t小孩\n1\t李先生\t13800138000\t\n\t王女士\t1380013801\t1\t';
		const [, bad] = parsePartyList(text);
		const kept = keepLines(text, [bad!.text]);
		expect(kept).toBe('序号\t姓名\t手机\t小孩\n\t王女士\t1380013801\t1');
		const [mended] = parsePartyList(kept.replace('1380013801', '13800138001'));
		expect(mended).toMatchObject({ party: { name: '王女士', headcount: 2, minors: 1 }, problems: [] });
		expect(keepLines(text, [])).toBe('');
		expect(keepLines('王女士 3人\n李先生 2人', ['李先生 2人'])).toBe('李先生 2人');
	});

	it('does not take a first party for a header', () => {
		expect(parsePartyList('王女士 3人\n李先生 2人')).toHaveLength(2);
	});
});

describe('problems', () => {
	it.each([
		['13800138000 3人', 'name_missing', ''],
		['长'.repeat(41), 'name_too_long', '40'],
		['王女士,1380013800,2', 'phone_invalid', '1380013800'],
		['王女士 0人', 'headcount_invalid', '0'],
		['第三小学 201人', 'headcount_invalid', '201'],
		['王女士 2人 3个小孩', 'minors_invalid', '3'],
		[`王女士 ${'话'.repeat(201)}`, 'note_too_long', '200']
	])('%s → %s', (text, reason, detail) => {
		expect(only(text).problems).toEqual([{ reason, detail }]);
	});

	it('names a cell under a number’s header that is none', () => {
		const [row] = parsePartyList('姓名,人数,小孩\n王女士,很多,不知道');
		expect(row?.problems).toEqual([
			{ reason: 'headcount_invalid', detail: '很多' },
			{ reason: 'minors_invalid', detail: '不知道' }
		]);
	});

	it('names the first line with the same phone, however it is written; people without one may repeat', () => {
		const rows = parsePartyList('王 13800138000\n\n李 138 0013 8000\n赵\n赵\n钱 +86 13800138000');
		expect(
			rows.map((row) => [row.line, ...row.problems.map(({ reason, detail }) => `${reason} ${detail}`)])
		).toEqual([[1], [3, 'phone_repeated 1'], [4], [5], [6, 'phone_repeated 1']]);
	});

	it('has no rows in an empty text', () => {
		expect(parsePartyList(' \n\t\n')).toEqual([]);
	});
});

it.each([
	['3', 3],
	['三', 3],
	['两', 2],
	['俩', 2],
	['十', 10],
	['十二', 12],
	['二十', 20],
	['三十五', 35],
	['一二', null],
	['人', null],
	['', null]
])('reads the numeral %j as %j', (text, number) => {
	expect(readNumeral(text)).toBe(number);
});

it.each([
	['能当组长', true],
	['可以带队', true],
	['组长', true],
	['不当组长', false],
	["can't lead", false],
	['组长电话', null]
])('%s: leads %j', (text, lead) => {
	expect(readLead(text)).toBe(lead);
});
