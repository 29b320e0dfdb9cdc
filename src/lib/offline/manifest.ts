import type { ManifestOptions } from 'vite-plugin-pwa';

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
	shortcuts: [
		{ name: '我的任务', url: '/me', icons: [{ src: '/icon-192.png', sizes: '192x192' }] },
		{ name: '小组签到', url: '/lead', icons: [{ src: '/icon-192.png', sizes: '192x192' }] }
	]
};
