/** What a screen reader, a keyboard and weak eyes meet: axe's judgement of a whole page. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails with the rule, the place and the reason of everything axe finds; best practices count too. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
	// Colours are judged as they will stand, not in the middle of an animation. Ended rather than waited for: in a part that
	// is folded away, animations stand still for ever.
	await page.evaluate(() => {
		for (const animation of document.getAnimations())
			if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
	});
	const { violations } = await new AxeBuilder({ page }).analyze();
	const told = violations.map(
		({ id, help, nodes }) =>
			`${id}: ${help}\n` +
			nodes.map((node) => `  ${node.target.join(' ')}\n  ${node.failureSummary}`).join('\n')
	);
	expect(told.join('\n\n'), `axe on ${page.url()}`).toBe('');
}
