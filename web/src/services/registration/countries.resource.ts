// Countries of birth by their INSEE code (Code officiel géographique: 99 and three digits). A choice of the list: a
// country that is not here is written as it is typed, or its code is entered.
import { foldPlace, type Commune } from './communes.resource';

const LINES = [
  '101 Danemark|102 Islande|103 Norvège|104 Suède|105 Finlande|106 Estonie|107 Lettonie|108 Lituanie|109 Allemagne|110 Autriche|111 Bulgarie|112 Hongrie|113 Liechtenstein',
  '114 Roumanie|116 Tchéquie|117 Slovaquie|118 Bosnie-Herzégovine|119 Croatie|120 Monténégro|121 Serbie|122 Pologne|123 Russie|125 Albanie|126 Grèce|127 Italie',
  '128 Saint-Marin|129 Vatican|130 Andorre|131 Belgique|132 Royaume-Uni|134 Espagne|135 Pays-Bas|136 Irlande|137 Luxembourg|138 Monaco|139 Portugal|140 Suisse|144 Malte',
  '145 Slovénie|148 Biélorussie|151 Moldavie|155 Ukraine|156 Macédoine du Nord|157 Kosovo|201 Arabie saoudite|203 Irak|204 Iran|205 Liban|206 Syrie|207 Israël|208 Turquie',
  '212 Afghanistan|213 Pakistan|214 Bhoutan|215 Népal|216 Chine|217 Japon|219 Thaïlande|220 Philippines|222 Jordanie|223 Inde|224 Birmanie|225 Brunei|226 Singapour',
  '227 Malaisie|229 Maldives|231 Indonésie|234 Cambodge|235 Sri Lanka|238 Corée du Nord|239 Corée du Sud|240 Koweït|241 Laos|242 Mongolie|243 Viêt Nam|246 Bangladesh',
  '247 Émirats arabes unis|248 Qatar|249 Bahreïn|250 Oman|251 Yémen|252 Arménie|253 Azerbaïdjan|254 Chypre|255 Géorgie|256 Kazakhstan|257 Kirghizstan|258 Ouzbékistan',
  '259 Tadjikistan|260 Turkménistan|261 Palestine|301 Égypte|302 Liberia|303 Afrique du Sud|304 Gambie|309 Tanzanie|310 Zimbabwe|311 Namibie',
  '312 République démocratique du Congo|314 Guinée équatoriale|315 Éthiopie|316 Libye|317 Érythrée|318 Somalie|321 Burundi|322 Cameroun|323 République centrafricaine',
  '324 Congo|326 Côte d’Ivoire|327 Bénin|328 Gabon|329 Ghana|330 Guinée|331 Burkina Faso|332 Kenya|333 Madagascar|334 Malawi|335 Mali|336 Mauritanie|337 Niger|338 Nigeria',
  '339 Ouganda|340 Rwanda|341 Sénégal|342 Sierra Leone|343 Soudan|344 Tchad|345 Togo|346 Zambie|347 Botswana|348 Lesotho|349 Soudan du Sud|350 Maroc|351 Tunisie|352 Algérie',
  '390 Maurice|391 Eswatini|392 Guinée-Bissau|393 Mozambique|394 Sao Tomé-et-Principe|395 Angola|396 Cap-Vert|397 Comores|398 Seychelles|399 Djibouti|401 Canada',
  '404 États-Unis|405 Mexique|406 Costa Rica|407 Cuba|408 République dominicaine|409 Guatemala|410 Haïti|411 Honduras|412 Nicaragua|413 Panama|414 El Salvador|415 Argentine',
  '416 Brésil|417 Chili|418 Bolivie|419 Colombie|420 Équateur|421 Paraguay|422 Pérou|423 Uruguay|424 Venezuela|426 Jamaïque|428 Guyana|429 Belize|433 Trinité-et-Tobago',
  '434 Barbade|436 Bahamas|437 Suriname|501 Australie|502 Nouvelle-Zélande|506 Samoa|508 Fidji|509 Tonga|510 Papouasie-Nouvelle-Guinée|514 Vanuatu',
];

const COUNTRIES: Commune[] = LINES.flatMap((line) => line.split('|')).map((one) => ({ code: `99${one.slice(0, 3)}`, name: one.slice(4), department: '99' }));
const SHOWN = 5;

/** Countries of whose name a word begins so. */
export function findCountries(typed: string): Commune[] {
  const start = foldPlace(typed);
  if (start.length < 2) return [];
  const begins = (name: string) => foldPlace(name).startsWith(start) || ` ${foldPlace(name)}`.includes(` ${start}`);
  return COUNTRIES.filter(({ name }) => begins(name)).sort((a, b) => Number(!foldPlace(a.name).startsWith(start)) - Number(!foldPlace(b.name).startsWith(start)) || a.name.length - b.name.length).slice(0, SHOWN);
}
