import type { ManifestOptions } from 'vite-plugin-pwa';

const shortcuts = (me: string, lead: string) =>
	[[me, '/me'] as const, [lead, '/lead'] as const].map(([name, url]) => ({
		name,
		url,
		icons: [{ src: '/icon-192.png', sizes: '192x192' }]
	}));

/** What a phone learns about the app when it is put on the home screen. Chinese is the first language. */
export const manifest: Partial<ManifestOptions> = {
	id: '/',
	name: '周五义务劳动',
	short_name: '周五劳动',
	description: '每月最后一个星期五，一起把街坊收拾干净。',
	lang: 'zh-CN',
	dir: 'ltr',
	start_url: '/start',
	scope: '/',
	display: 'standalone',
	theme_color: '#f6f5f0',
	background_color: '#f6f5f0',
	categories: ['government', 'lifestyle'],
	icons: [
		{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
		{ src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
		{ src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
		{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }
	],
	shortcuts: shortcuts('我的任务', '小组签到')
};

/** The same app, to those who read it in English. */
export const manifestInEnglish: Partial<ManifestOptions> = {
	...manifest,
	name: 'Last Friday: clean-up day',
	short_name: 'Last Friday',
	description: 'On the last Friday of every month we clean our streets together.',
	lang: 'en',
	shortcuts: shortcuts('My task', 'Check in my crew')
};
