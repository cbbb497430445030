CREATE TABLE "fact" (
	"show_id" integer NOT NULL,
	"season" integer DEFAULT 0 NOT NULL,
	"field" text NOT NULL,
	"provider" text NOT NULL,
	"value" text NOT NULL,
	"as_of" text,
	"seen_on" date NOT NULL,
	"withdrawn_on" date,
	CONSTRAINT "fact_show_id_season_field_provider_pk" PRIMARY KEY("show_id","season","field","provider"),
	CONSTRAINT "fact_season_sane" CHECK ("fact"."season" between 0 and 1000)
);
--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "seen_key" text;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "official_body" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "season_state" ADD COLUMN "premiere_state" text DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "show_state" ADD COLUMN "newest_source_on" date;--> statement-breakpoint
ALTER TABLE "fact" ADD CONSTRAINT "fact_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fact_provider" ON "fact" USING btree ("provider","field");--> statement-breakpoint
-- Networks, services and rights holders by the names the press credits; an address that is taken gets a number.
WITH body (slug, name) AS (VALUES
    ('netflix', 'Netflix'), ('hbo', 'HBO'), ('hbo-max', 'HBO Max'), ('max', 'Max'), ('warner-bros', 'Warner Bros'), ('amazon', 'Amazon'),
    ('prime-video', 'Prime Video'), ('mgm', 'MGM'), ('paramount', 'Paramount'), ('cbs', 'CBS'), ('showtime', 'Showtime'), ('peacock', 'Peacock'),
    ('nbc', 'NBC'), ('hulu', 'Hulu'), ('fx', 'FX'), ('disney', 'Disney'), ('disney-apac', 'Disney APAC'), ('marvel', 'Marvel'),
    ('apple', 'Apple'), ('amc', 'AMC'), ('tvn', 'tvN'), ('cj-enm', 'CJ ENM'), ('sbs', 'SBS'), ('kbs', 'KBS'),
    ('mbc', 'MBC'), ('jtbc', 'JTBC'), ('tving', 'TVING'), ('wavve', 'Wavve'), ('ocn', 'OCN'), ('studio-dragon', 'Studio Dragon'),
    ('crunchyroll', 'Crunchyroll'), ('toho', 'Toho'), ('kadokawa', 'Kadokawa'), ('jump-festa', 'Jump Festa'), ('animejapan', 'AnimeJapan'), ('bbc', 'BBC'),
    ('itv', 'ITV'), ('channel-4', 'Channel 4'), ('sky', 'Sky'), ('starz', 'Starz'), ('syfy', 'Syfy'), ('riot', 'Riot')),
known AS (UPDATE "source" SET "official_body" = true FROM body WHERE lower("source"."name") = lower(body.name) RETURNING lower(body.name) AS name)
INSERT INTO "source" ("slug", "name", "official_body")
SELECT free.slug, body.name, true FROM body CROSS JOIN LATERAL (
  SELECT tried.slug FROM (SELECT n, CASE n WHEN 1 THEN body.slug ELSE body.slug || '-' || n END AS slug FROM generate_series(1, 100) n) AS tried
  WHERE NOT EXISTS (SELECT FROM "source" WHERE "source"."slug" = tried.slug) ORDER BY tried.n LIMIT 1) AS free
WHERE NOT EXISTS (SELECT FROM known WHERE known.name = lower(body.name));
--> statement-breakpoint
INSERT INTO "fact" ("show_id", "season", "field", "provider", "value", "as_of", "seen_on")
SELECT "id", 0, 'label', "listed"->>'source', "listed"->>'label', "listed"->>'as_of', current_date
FROM "show" WHERE jsonb_typeof("listed") = 'object'
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO "fact" ("show_id", "season", "field", "provider", "value", "seen_on")
SELECT season.show_id, season.number, given.field,
  coalesce(nullif(trim(split_part(show.provenance[1], ' (', 1)), ''), 'catalogue'), given.value, current_date
FROM season JOIN show ON show.id = season.show_id
CROSS JOIN LATERAL (VALUES ('counted', 'yes'), ('premiere', season.premiere), ('finale', season.finale),
  ('episodes', season.episodes::text)) AS given (field, value)
WHERE season.recorded AND given.value IS NOT NULL
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO "fact" ("show_id", "season", "field", "provider", "value", "seen_on")
SELECT show.id, 0, given.field,
  coalesce(nullif(trim(split_part(show.provenance[1], ' (', 1)), ''), 'catalogue'), given.value, current_date
FROM show LEFT JOIN network ON network.id = show.network_id
CROSS JOIN LATERAL (VALUES ('network', network.name), ('country', show.country)) AS given (field, value)
WHERE given.value IS NOT NULL
ON CONFLICT DO NOTHING;
--> statement-breakpoint
ALTER TABLE "show" DROP COLUMN "listed";
