/** The least of a mail server, for tests: takes whatever it is sent, and reads the codes in it. */
import { createServer, type AddressInfo } from 'node:net';

export interface Mailbox {
	port: number;
	/** Mails as they came, headers first. */
	received: string[];
	/** The code that the subject of the last mail begins with. */
	lastCode(): string;
	close(): void;
}

export async function openMailbox(): Promise<Mailbox> {
	const received: string[] = [];
	const server = createServer((socket) => {
		let body: string | undefined;
		socket.write('220 test\r\n');
		socket.on('data', (chunk) => {
			for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
				if (body !== undefined && line !== '.') body += `${line}\n`;
				else if (body !== undefined) {
					received.push(body);
					body = undefined;
					socket.write('250 ok\r\n');
				} else if (line.startsWith('DATA')) {
					body = '';
					socket.write('354 go on\r\n');
				} else socket.write(line.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
			}
		});
		socket.on('error', () => {});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		port: (server.address() as AddressInfo).port,
		received,
		lastCode: () => codeIn(received.at(-1) ?? ''),
		close: () => void server.close()
	};
}

/** The subject begins with the code; it is encoded word by word when it holds Chinese. */
function codeIn(mail: string): string {
	const subject = /^Subject: ((?:.*\n\s)*.*)$/m.exec(mail)?.[1] ?? '';
	const plain = subject.replace(/=\?utf-8\?(B|Q)\?([^?]*)\?=\s*/gi, (_, kind: string, text: string) =>
		kind.toUpperCase() === 'B'
			? Buffer.from(text, 'base64').toString()
			: decodeURIComponent(text.replaceAll('=', '%'))
	);
	return /^\d{6,}/.exec(plain)?.[0] ?? `no code in ${plain}`;
}
