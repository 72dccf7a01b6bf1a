BEGIN TRANSACTION;
CREATE TABLE certgen_register (
	id INTEGER NOT NULL CHECK (id = 1), 
	schema_version INTEGER NOT NULL, 
	fingerprint_key BLOB NOT NULL, 
	created_at TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "certgen_register" VALUES(1,2,X'8298731473C99AF03D4F23A3097045EEF22FD664F8EA139282AC19D95DEE9A18','2026-01-05T08:00:00Z');
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
INSERT INTO "events" VALUES(4,'Y000011000001263000001','2026-01-05T08:00:00Z','issued','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
INSERT INTO "events" VALUES(5,'Y000011000001263000002','2026-01-05T08:00:00Z','issued','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
INSERT INTO "events" VALUES(6,'Y000011000001263000001','2026-01-05T08:00:00Z','released','');
INSERT INTO "events" VALUES(7,'Y000011000001263000002','2026-01-05T08:00:00Z','void','姓名有误');
INSERT INTO "events" VALUES(8,'Y000011000001263000050','2026-01-05T08:00:00Z','imported','20260105-02');
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
INSERT INTO "jobs" VALUES('20260105-02','20260105',2,'old.xlsx','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-01-05T08:00:00Z','2026-01-05T08:00:00Z');
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
	FOREIGN KEY(counter) REFERENCES counters (counter), 
	FOREIGN KEY(job) REFERENCES jobs (id)
)
 STRICT

;
INSERT INTO "numbers" VALUES('Y000011000001263000001','Y000011000001263',1,X'D3EAC840A0FB5288E2F24141DAFED2CB89BDBC1B9751F8AF396EC3133E4A6BA9',X'164AA85203257D80111FD5A4A817FEC8E456F7BC316D97D863DC2BFBB7673730','allocated','issued','20260105-01',1,'2026-01-05T08:00:00Z','{"name":"样例1","identity_type":"resident-card","identity_number":"990000190001000001","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":"photos/1.jpg","print_number":null,"place":["roster.xlsx","名单",4,"A"],"adopted_code":null}','pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',1000,1,NULL,'');
INSERT INTO "numbers" VALUES('Y000011000001263000002','Y000011000001263',2,X'D2206ADCB50EB3045701866FF7BFF90E6806F0C38435E018157FCD7945DDA5E1',X'164AA85203257D80422A0E9CDEF15C02E07D788536E3146B7227055C48B1D86F','allocated','void','20260105-01',2,'2026-01-05T08:00:00Z','{"name":"样例2","identity_type":"resident-card","identity_number":"990000190001000002","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":"photos/2.jpg","print_number":null,"place":["roster.xlsx","名单",5,"A"],"adopted_code":null}','pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',900,0,NULL,'姓名有误');
INSERT INTO "numbers" VALUES('Y000011000001263000003','Y000011000001263',3,X'F4FCD92FFD0AC0F897788AD1018E810090B279C627DBB9F125FF9EA70C3019F0',X'164AA85203257D80EA34B103A1EE269682B11CA3A9A170B9C16662FC714D22CA','allocated','pending','20260105-01',3,'2026-01-05T08:00:00Z','{"name":"样例3","identity_type":"resident-card","identity_number":"990000190001000003","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":"photos/3.jpg","print_number":null,"place":["roster.xlsx","名单",6,"A"],"adopted_code":null}','pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp','','',0,0,NULL,'');
INSERT INTO "numbers" VALUES('Y000011000001263000050','Y000011000001263',50,X'E63D12B8609D55920FC6FC697BE3BF890575C8CA273C737DD7B05579D9E9FF93',X'164AA85203257D80B0389C5CD9D227A26482FB679D0B36846DF9BB3993F4F1EC','imported','issued','20260105-02',1,'2026-01-05T08:00:00Z','{"name":"样例9","identity_type":"resident-card","identity_number":"990000190001000009","occupation":"保育师","job":null,"level":3,"issue_date":"2026-01-05","site":"main","branch":null,"batch":"2026-01","photo":"photos/9.jpg","print_number":null,"place":["roster.xlsx","名单",12,"A"],"adopted_code":"Y000011000001263000050"}','','','',0,0,NULL,'');
CREATE TABLE print_parts (
	job TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	PRIMARY KEY (job, number), 
	FOREIGN KEY(job) REFERENCES jobs (id)
)
 STRICT

;
CREATE INDEX numbers_of_holder ON numbers (holder);
CREATE UNIQUE INDEX one_live_number_per_row ON numbers (fingerprint) WHERE state <> 'void';
CREATE INDEX ix_events_code ON events (code);
COMMIT;
