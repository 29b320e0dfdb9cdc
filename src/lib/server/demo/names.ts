/** Made-up people: no list of real ones is behind them. */
import type { Chance } from './random';

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const GIVEN = [...'秀英芳敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华玉建国志红文梅春云贵林国珍辉凤'];
const TITLES = ['阿姨', '师傅', '女士', '先生', '大爷', '老师', '大姐'];

/** A full name, such as 陈建国. */
export const fullName = (chance: Chance): string =>
	chance.pick(SURNAMES) + chance.pick(GIVEN) + (chance.maybe(0.6) ? chance.pick(GIVEN) : '');

/** As neighbours say it: 赵阿姨. */
export const politeName = (chance: Chance): string => chance.pick(SURNAMES) + chance.pick(TITLES);

export const familyName = (chance: Chance, heads: number): string =>
	`${chance.pick(SURNAMES)}家${['', '', '两', '三', '四', '五', '六'][heads] ?? '几'}口`;

export const UNITS = [
	'供电局青年队',
	'自来水公司志愿队',
	'区医院护理组',
	'税务所',
	'邮政支局',
	'环卫所',
	'工商银行网点',
	'文化馆',
	'退役军人服务站',
	'城管中队',
	'交警三中队',
	'供销社',
	'广播电视站',
	'市场监管所',
	'消防救援站'
] as const;

export const SCHOOLS = [
	'第一小学',
	'第三小学',
	'第五中学',
	'文化小学',
	'老城小学',
	'第十一中学',
	'航天小学'
] as const;
export const CLASSES = ['三(1)班', '四(2)班', '五(2)班', '六(3)班', '初一(4)班', '初二(2)班'] as const;

/** A number of the right shape that only counts: nobody was asked for theirs. */
export const phoneNumber = (index: number): string => `+86199${String(index).padStart(8, '0')}`;
