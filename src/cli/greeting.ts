/** What the person who starts the app reads, in Chinese and English. */
import type { Login } from '../lib/server/handle.ts';
import { localAddresses } from './network.ts';

export interface Greeting {
	host: string;
	port: number;
	origin: string | undefined;
	place: string;
	setupCode?: string | undefined;
	/** Who can sign in to the demo district. */
	logins?: Login[] | undefined;
}

const ROLES: Record<Login['role'], string> = {
	admin: '管理员',
	organizer: '组织者',
	leader: '组长',
	resident: '居民'
};
const EVERYWHERE = new Set(['0.0.0.0', '::', '']);

/** The addresses under which the app can be opened, the plainest first. */
export function addressesOf({ host, port, origin }: Pick<Greeting, 'host' | 'port' | 'origin'>): string[] {
	const everywhere = EVERYWHERE.has(host);
	const here = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
	const hosts = [here, ...(everywhere && !origin ? localAddresses() : [])];
	const local = hosts.map((name) => `http://${name}${port === 80 ? '' : `:${port}`}`);
	return origin ? [origin, ...local] : local;
}

export function greet(greeting: Greeting): string {
	const addresses = addressesOf(greeting);
	const secure = greeting.origin?.startsWith('https:') ?? false;
	const lines = [
		'',
		'  周五义务劳动 · Last Friday',
		'',
		...addresses.map((address) => `  ${address}`),
		'',
		`  ${greeting.place}`
	];
	if (!secure) {
		lines.push(
			'',
			'  手机上的扫码、安装和离线使用需要 HTTPS（本机 localhost 除外）。在前面架一个反向代理（例如 Caddy），',
			'  并把 ORIGIN 设为它的 https 地址。',
			'  On phones, scanning with the camera, installing and working offline need HTTPS (localhost excepted):',
			'  put a reverse proxy such as Caddy in front and set ORIGIN to its https address.'
		);
	}
	if (greeting.setupCode) {
		lines.push(
			'',
			`  还没有管理员，请打开 · No admin yet, open   ${addresses[0]}/setup`,
			`  一次性代码 · one-time code                  ${greeting.setupCode}`
		);
	}
	if (greeting.logins) {
		lines.push('', '  演示数据，停止后删除。可以这样登录 · Demo data, gone when it stops. Sign in as');
		for (const { role, email, password } of greeting.logins) {
			lines.push(`  ${ROLES[role].padEnd(6, '　')} ${role.padEnd(10)} ${email.padEnd(24)} ${password}`);
		}
	}
	return [...lines, ''].join('\n');
}
