/**
 * What people call an area, from the official list of codes: that list names a community by its committee
 * (大兴路社区居民委员会), and the committee is not the place.
 */
export function commonName(official: string): string {
	const name = official.trim();
	const community = /^(.+?)(?:社区)?(?:居民委员会|居委会)$/.exec(name);
	if (community) return `${community[1]}社区`;
	const village = /^(.+?)村?(?:村民委员会|村委会)$/.exec(name);
	if (village) return `${village[1]}村`;
	return name;
}
