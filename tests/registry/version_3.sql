BEGIN TRANSACTION;
CREATE TABLE certgen_register (
	id INTEGER NOT NULL CHECK (id = 1), 
	schema_version INTEGER NOT NULL, 
	fingerprint_key BLOB NOT NULL, 
	created_at TEXT NOT NULL, 
	versions INTEGER NOT NULL, 
	status_number INTEGER NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "certgen_register" VALUES(1,3,X'91B52041EC08EA0FF3EA140C73D004E1580260EE8E93FB894368224DB2969CE9','2026-01-05T08:00:00Z',4,29460000);
CREATE TABLE counters (
	counter TEXT NOT NULL, 
	first INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	counted_from INTEGER, 
	PRIMARY KEY (counter), 
	CHECK (1 <= first AND first <= last AND last <= 999999), 
	CHECK (first <= counted_from AND counted_from <= last)
)
 STRICT

;
INSERT INTO "counters" VALUES('Y000011000001263',1,50,1);
CREATE TABLE events (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	at TEXT NOT NULL, 
	what TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(code) REFERENCES numbers (code)
)
 STRICT

;
INSERT INTO "events" VALUES(1,'Y000011000001263000001','2026-01-05T08:00:00Z','reserved','20260105-01');
INSERT INTO "events" VALUES(2,'Y000011000001263000002','2026-01-05T08:00:00Z','reserved','20260105-01');
INSERT INTO "events" VALUES(3,'Y000011000001263000003','2026-01-05T08:00:00Z','reserved','20260105-01');
INSERT INTO "events" VALUES(4,'Y000011000001263000004','2026-01-05T08:00:00Z','reserved','20260105-01');
INSERT INTO "events" VALUES(5,'Y000011000001263000001','2026-01-05T08:00:00Z','issued','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
INSERT INTO "events" VALUES(6,'Y000011000001263000002','2026-01-05T08:00:00Z','issued','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
INSERT INTO "events" VALUES(7,'Y000011000001263000003','2026-01-05T08:00:00Z','issued','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
INSERT INTO "events" VALUES(8,'Y000011000001263000001','2026-01-05T08:00:00Z','released','');
INSERT INTO "events" VALUES(9,'Y000011000001263000002','2026-01-05T08:00:00Z','void','姓名有误');
INSERT INTO "events" VALUES(10,'Y000011000001263000003','2026-01-05T08:00:00Z','suspended','复核中');
INSERT INTO "events" VALUES(11,'Y000011000001263000050','2026-01-05T08:00:00Z','imported','20260105-02');
CREATE TABLE jobs (
	id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	nth INTEGER NOT NULL, 
	roster TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	closed_at TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (day, nth)
)
 STRICT

;
INSERT INTO "jobs" VALUES('20260105-01','20260105',1,'roster.xlsx','eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','2026-01-05T08:00:00Z',NULL);
INSERT INTO "jobs" VALUES('20260105-02','20260105',2,'old.xlsx','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','2026-01-05T08:00:00Z','2026-01-05T08:00:00Z');
CREATE TABLE numbers (
	code TEXT NOT NULL, 
	counter TEXT NOT NULL, 
	serial INTEGER NOT NULL, 
	fingerprint BLOB NOT NULL, 
	holder BLOB NOT NULL, 
	origin TEXT NOT NULL, 
	state TEXT NOT NULL, 
	job TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	reserved_at TEXT NOT NULL, 
	record TEXT NOT NULL, 
	photo_sha256 TEXT NOT NULL, 
	"plan" TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	released INTEGER NOT NULL, 
	print_part INTEGER, 
	void_reason TEXT NOT NULL, 
	status_index INTEGER, 
	qr TEXT NOT NULL, 
	mark TEXT NOT NULL, 
	PRIMARY KEY (code), 
	UNIQUE (counter, serial), 
	UNIQUE (job, position), 
	FOREIGN KEY(job, print_part) REFERENCES print_parts (job, number), 
	CHECK (state IN ('pending', 'issued', 'void')), 
	CHECK ((state = 'void') = (void_reason <> '')), 
	CHECK (origin IN ('allocated', 'adopted', 'imported')), 
	CHECK (state <> 'issued' OR sha256 <> '' OR origin = 'imported'), 
	CHECK (origin <> 'imported' OR (state <> 'pending' AND sha256 = '' AND print_part IS NULL)), 
	CHECK (released = 0 OR (released = 1 AND sha256 <> '')), 
	CHECK ((origin = 'imported') = (status_index IS NULL)), 
	CHECK (mark IN ('', 'suspended', 'superseded')), 
	FOREIGN KEY(counter) REFERENCES counters (counter), 
	FOREIGN KEY(job) REFERENCES jobs (id), 
	UNIQUE (status_index)
)
 STRICT

;
INSERT INTO "numbers" VALUES('Y000011000001263000001','Y000011000001263',1,X'68CD745CB3006955E6FAB8D5ED5A733E5C6ED307659B77286416BF2954D23A4A',X'40D4925A05B93B0E0CB8E0369B12AC1F44D6AF02B85CC51C57459F83368FA8E7','allocated','issued','20260105-01',1,'2026-01-05T08:00:00Z','{"name":"样例1","identity_type":"resident-card","identity_number":"990000190001000001","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":"photos/1.jpg","print_number":null,"place":["roster.xlsx","名单",4,"A"],"adopted_code":null}','pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',1000,1,1,'',57739,'https://a.cn/one','');
INSERT INTO "numbers" VALUES('Y000011000001263000002','Y000011000001263',2,X'76A5D4AB773139523E4B04A6E56CBED26E6B25D3793A503A5900522B71CA80F0',X'40D4925A05B93B0EB1185FBBA2D70C4246849EC37CC0E404AF15DC0A405473A0','allocated','void','20260105-01',2,'2026-01-05T08:00:00Z','{"name":"样例2","identity_type":"resident-card","identity_number":"990000190001000002","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":"photos/2.jpg","print_number":null,"place":["roster.xlsx","名单",5,"A"],"adopted_code":null}','pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',1000,0,NULL,'姓名有误',62874,'','');
INSERT INTO "numbers" VALUES('Y000011000001263000003','Y000011000001263',3,X'392E494030F3AEEA2E0B2DA4120F557D986B522582F5FA833EE3E2C944466F85',X'40D4925A05B93B0E852BF4AA56ACEF91203682DFB3FBF6A3B18A71E5AF70AA03','allocated','issued','20260105-01',3,'2026-01-05T08:00:00Z','{"name":"样例3","identity_type":"resident-card","identity_number":"990000190001000003","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":"photos/3.jpg","print_number":null,"place":["roster.xlsx","名单",6,"A"],"adopted_code":null}','pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',1000,0,NULL,'',3202,'','suspended');
INSERT INTO "numbers" VALUES('Y000011000001263000004','Y000011000001263',4,X'C1F4C22A65BAE595757B321DB0B57AD647BBE32A1ED79C20CB4B71D3D839BFE2',X'40D4925A05B93B0E203931A77B05B5FF44268A5FDD18FB9939F8A9651F7751A5','allocated','pending','20260105-01',4,'2026-01-05T08:00:00Z','{"name":"样例4","identity_type":"resident-card","identity_number":"990000190001000004","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":"photos/4.jpg","print_number":null,"place":["roster.xlsx","名单",7,"A"],"adopted_code":null}','pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','','',0,0,NULL,'',15613,'','');
INSERT INTO "numbers" VALUES('Y000011000001263000050','Y000011000001263',50,X'14DC80D18C259109CAF51A3621241156EC9CB8694177A9DE0775E0467A5C46B7',X'40D4925A05B93B0E311176B7BC0B606604E83B1AE4D1307A3C83FB2CF370DA78','imported','issued','20260105-02',1,'2026-01-05T08:00:00Z','{"name":"样例9","identity_type":"resident-card","identity_number":"990000190001000009","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":null,"print_number":null,"place":["roster.xlsx","名单",12,"A"],"adopted_code":"Y000011000001263000050"}','','','',0,0,NULL,'',NULL,'','');
CREATE TABLE print_parts (
	job TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	PRIMARY KEY (job, number), 
	FOREIGN KEY(job) REFERENCES jobs (id)
)
 STRICT

;
INSERT INTO "print_parts" VALUES('20260105-01',1,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb');
CREATE INDEX numbers_of_holder ON numbers (holder);
CREATE UNIQUE INDEX one_live_number_per_row ON numbers (fingerprint) WHERE state <> 'void';
CREATE INDEX ix_events_code ON events (code);
COMMIT;
