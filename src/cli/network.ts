/** The addresses at which phones on the same network find this machine. */
import { networkInterfaces } from 'node:os';

export function localAddresses(): string[] {
	return Object.values(networkInterfaces())
		.flatMap((entries) => entries ?? [])
		.filter(({ family, internal }) => family === 'IPv4' && !internal)
		.map(({ address }) => address);
}

/** Whether a peer is this very machine. */
export const isLoopback = (address: string) => /^(::1$|127\.|::ffff:127\.)/.test(address);
