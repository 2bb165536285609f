// An estate whose names try to be more than names, and names of many scripts and lengths.

const names = [
  '</script><script>window.canary = 1</script>', '<img src=x onerror="window.canary = 2">', '"><svg onload=window.canary=3>', "'; window.canary = 4; //",
  '{{constructor.constructor("window.canary = 5")()}}', '${window.canary = 6}', 'javascript:window.canary=7', '<style>*{display:none}</style>', '=cmd|\'/c calc\'!A1', '@SUM(A1)', '-->', ']]>',
  '&lt;b&gt;&#x3c;', '# heading **bold** [link](javascript:1)', 'a/b?c=d&e#f%20g%', '../..', 'a~1', '__proto__', 'constructor', 'toString', '\u202egnp.exe', 'zero\u200bwidth', '  blanks  ',
  '支付平台', '給与計算サービス', '결제 서비스', 'خدمة الدفع الإلكتروني', 'שירות תשלומים', 'Платёжный шлюз', 'Λογιστική', 'กระเป๋าเงิน', '👩‍👩‍👧 Family 🏦', 'Zürich–Genève', 'e\u0301 composed',
  'x'.repeat(5000), 'word '.repeat(60), 'ÄÖÜ'.repeat(100), '1', '.', 'null', 'true',
];

/** Tierline's own format, by file name. */
export function hostileExport() {
  const items = [{ id: 'p', name: names[0], tier: 'portfolio', owner: names[1] }];
  const relations = [];
  names.forEach((name, i) => {
    items.push({ id: `s${i}${name.slice(0, 40)}`, name, tier: 'service', facing: i % 3 === 0 ? 'supporting' : 'external', owner: i % 2 === 0 ? '' : names[(i + 7) % names.length], portfolio: i % 4 === 0 ? 'p' : '' });
    items.push({ id: `y${i}`, name: `${name} system`, tier: 'system', owner: '' });
    items.push({ id: `c${i}`, name: `${name}/c`, tier: 'component', owner: names[i], class: name.slice(0, 50) });
    relations.push({ from: `s${i}${name.slice(0, 40)}`, to: `y${i}`, kind: 'needs' }, { from: `y${i}`, to: `c${i}`, kind: 'needs' }, { from: `y${i}`, to: `y${(i + 1) % names.length}`, kind: 'needs' });
  });
  return { 'items.json': JSON.stringify(items), 'relations.json': JSON.stringify(relations) };
}

/** Services without owner, as many as are wanted, each on a system. */
export function largeExport(services) {
  let items = 'id,name,tier,facing,owner\n', relations = 'from,to,kind\n';
  for (let i = 0; i < services; ++i) {
    items += `s${i},Service number ${i},service,${i % 3 === 0 ? 'supporting' : 'external'},${i % 5 === 0 ? 'Owner ' + i % 40 : ''}\ny${i},System number ${i},system,,\n`;
    relations += `s${i},y${i},needs\n${i % 3 === 0 && i % 2 === 0 ? `s${i + 1},s${i},needs\n` : ''}`;
  }
  return { 'items.csv': items, 'relations.csv': relations };
}
