/** What a column of somebody else's file can mean, in the order in which columns are guessed (the surest first). */
export const SITE_FIELDS = [
	'lng',
	'lat',
	'length_m',
	'crew_min',
	'crew_max',
	'minutes',
	'interval_days',
	'hazards',
	'tools',
	'responsible_unit',
	'area',
	'status',
	'kind',
	'note',
	'address',
	'name',
	'external_id'
] as const;

export type SiteField = (typeof SITE_FIELDS)[number];

/** Which column (by header) each field is read from. A field without a column keeps its default. */
export type Mapping = Partial<Record<SiteField, string>>;

/**
 * Headers by which each field is known, as {@link plain} writes them, best first. Shapefiles cut names to ten characters
 * (`LifecycleS`), so a header of ten also matches the beginning of a longer name.
 */
export const HEADERS: Readonly<Record<SiteField, readonly string[]>> = {
	lng: ['经度', 'lng', 'lon', 'long', 'longitude', 'xcoord', 'pointx', 'wgs84lng', 'x坐标', 'x'],
	lat: ['纬度', 'lat', 'latitude', 'ycoord', 'pointy', 'wgs84lat', 'y坐标', 'y'],
	length_m: [
		'长度',
		'米数',
		'沟长',
		'总长',
		'全长',
		'lengthm',
		'length',
		'shapelength',
		'shapeleng',
		'metres',
		'meters',
		'len'
	],
	crew_min: ['最少人数', '至少人数', '最少', 'crewmin', 'mincrew', 'minpeople', 'atleast'],
	crew_max: ['最多人数', '至多人数', '最多', 'crewmax', 'maxcrew', 'maxpeople', 'atmost'],
	minutes: ['所需分钟', '预计分钟', '分钟', '时长', '用时', 'minutes', 'duration', 'mins'],
	interval_days: [
		'清理周期',
		'清理间隔',
		'间隔天数',
		'周期',
		'间隔',
		'intervaldays',
		'interval',
		'frequencydays',
		'everydays'
	],
	hazards: ['危险', '危险因素', '安全隐患', '隐患', '风险', 'hazards', 'hazard', 'dangers', 'risk'],
	tools: ['工具', '所需工具', '器具', 'tools', 'equipment'],
	responsible_unit: [
		'责任单位',
		'管护单位',
		'管理单位',
		'包保单位',
		'权属单位',
		'产权单位',
		'权属',
		'单位',
		'responsibleunit',
		'responsible',
		'owner',
		'ownedby',
		'ownername',
		'maintainedby',
		'managedby',
		'agency'
	],
	area: [
		'所属社区',
		'所在社区',
		'社区',
		'社区村',
		'所属街道',
		'街道',
		'镇街',
		'所属区域',
		'所属辖区',
		'区域',
		'辖区',
		'片区',
		'村',
		'area',
		'areacode',
		'community',
		'neighborhood',
		'neighbourhood',
		'ward',
		'subdistrict',
		'district'
	],
	status: [
		'状态',
		'现状',
		'使用状态',
		'运行状态',
		'status',
		'lifecyclestatus',
		'assetstatus',
		'activestatus',
		'condition',
		'state'
	],
	kind: [
		'类型',
		'类别',
		'点位类型',
		'种类',
		'kind',
		'type',
		'sitetype',
		'assettype',
		'featuretype',
		'category',
		'class',
		'subtype',
		'subtypecd'
	],
	note: [
		'备注',
		'说明',
		'描述',
		'情况说明',
		'备注说明',
		'note',
		'notes',
		'comment',
		'comments',
		'remark',
		'remarks',
		'description',
		'desc'
	],
	address: [
		'地址',
		'详细地址',
		'位置',
		'地点',
		'所在位置',
		'起止点',
		'address',
		'location',
		'streetaddress',
		'place'
	],
	name: [
		'名称',
		'点位名称',
		'点位',
		'沟渠名称',
		'名字',
		'name',
		'sitename',
		'title',
		'label',
		'assetname',
		'facilityname'
	],
	external_id: [
		'编号',
		'点位编号',
		'设施编号',
		'编码',
		'序号',
		'facilityid',
		'assetid',
		'siteid',
		'externalid',
		'globalid',
		'uuid',
		'guid',
		'code',
		'id',
		'objectid',
		'gid',
		'fid',
		'no',
		'number'
	]
};

/** A header without case, width, blanks, punctuation and what stands in brackets (units mostly). */
export function plain(header: string): string {
	const text = header.normalize('NFKC').toLowerCase();
	const squeeze = (part: string) => part.replace(/[\s_\-.:/\\#*"'()[\]{}【】]+/g, '');
	return squeeze(text.replace(/[([{【].*?[)\]}】]/g, '')) || squeeze(text);
}

/**
 * How well a header fits a field: 0 perfectly, larger is worse, `null` not at all. Exact names rank first, then names
 * cut to ten characters, then headers that contain the name (`沟渠长度`, `Site Name`).
 */
export function fit(header: string, field: SiteField): number | null {
	const text = plain(header);
	const names = HEADERS[field];
	const exact = names.indexOf(text);
	if (exact >= 0) return exact;
	if (text.length === 10) {
		const cut = names.findIndex((name) => name.startsWith(text));
		if (cut >= 0) return 100 + cut;
	}
	const part = names.findIndex((name) =>
		/^[a-z]/.test(name) ? name.length >= 4 && text.endsWith(name) : name.length >= 2 && text.includes(name)
	);
	if (part >= 0) return 200 + part;
	return field === 'external_id' && /(id|code|no|编号|编码)$/.test(text) ? 300 : null;
}
