CREATE TABLE "identity_pair" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "identity_pair_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"show_id" integer NOT NULL,
	"other_show_id" integer,
	"namespace" text,
	"outside_id" text,
	"score" real NOT NULL,
	"reasons" jsonb NOT NULL,
	"theirs" jsonb,
	"first_seen_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"verdict" text,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"merge_id" integer,
	"withdrawn" jsonb,
	CONSTRAINT "identity_pair_sides" CHECK (("identity_pair"."other_show_id" is null) = ("identity_pair"."namespace" is not null)),
	CONSTRAINT "identity_pair_id" CHECK (("identity_pair"."namespace" is null) = ("identity_pair"."outside_id" is null)),
	CONSTRAINT "identity_pair_order" CHECK ("identity_pair"."other_show_id" is null or "identity_pair"."show_id" < "identity_pair"."other_show_id"),
	CONSTRAINT "identity_pair_decided" CHECK (("identity_pair"."verdict" is null) = ("identity_pair"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "season_number" (
	"show_id" integer NOT NULL,
	"provider" text NOT NULL,
	"theirs" integer NOT NULL,
	"ours" integer,
	"through" integer,
	"reason" text NOT NULL,
	"decided_on" date NOT NULL,
	CONSTRAINT "season_number_show_id_provider_theirs_pk" PRIMARY KEY("show_id","provider","theirs"),
	CONSTRAINT "season_number_sane" CHECK ("season_number"."ours" between 1 and 1000 and "season_number"."through" between "season_number"."ours" and 1000)
);
--> statement-breakpoint
CREATE TABLE "show_merge" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "show_merge_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"from_id" integer NOT NULL,
	"from_slug" text NOT NULL,
	"from_title" text NOT NULL,
	"into_id" integer NOT NULL,
	"into_slug" text NOT NULL,
	"into_title" text NOT NULL,
	"seasons" jsonb NOT NULL,
	"from_record" jsonb NOT NULL,
	"into_before" jsonb NOT NULL,
	"into_after" jsonb,
	"merged_at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "show_merge_two" CHECK ("show_merge"."from_id" <> "show_merge"."into_id")
);
--> statement-breakpoint
CREATE TABLE "show_merge_row" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "show_merge_row_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"merge_id" integer NOT NULL,
	"of_table" text NOT NULL,
	"key" text DEFAULT '' NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reader_id" uuid
);
--> statement-breakpoint
ALTER TABLE "outside_id" ADD COLUMN "twin" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "identity_pair" ADD CONSTRAINT "identity_pair_decided_by_reader_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."reader"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_pair" ADD CONSTRAINT "identity_pair_merge_id_show_merge_id_fk" FOREIGN KEY ("merge_id") REFERENCES "public"."show_merge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_number" ADD CONSTRAINT "season_number_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show_merge_row" ADD CONSTRAINT "show_merge_row_merge_id_show_merge_id_fk" FOREIGN KEY ("merge_id") REFERENCES "public"."show_merge"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show_merge_row" ADD CONSTRAINT "show_merge_row_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "identity_pair_ours" ON "identity_pair" USING btree ("show_id","other_show_id") WHERE other_show_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "identity_pair_theirs" ON "identity_pair" USING btree ("namespace","outside_id","show_id") WHERE namespace is not null;--> statement-breakpoint
CREATE INDEX "identity_pair_open" ON "identity_pair" USING btree ("score") WHERE verdict is null;--> statement-breakpoint
CREATE INDEX "identity_pair_decided" ON "identity_pair" USING btree ("decided_at") WHERE verdict is not null;--> statement-breakpoint
CREATE INDEX "show_merge_from" ON "show_merge" USING btree ("from_slug");--> statement-breakpoint
CREATE INDEX "show_merge_into" ON "show_merge" USING btree ("into_id");--> statement-breakpoint
CREATE INDEX "show_merge_row_of" ON "show_merge_row" USING btree ("merge_id","of_table");--> statement-breakpoint
CREATE INDEX "show_merge_row_key" ON "show_merge_row" USING btree ("of_table","key");--> statement-breakpoint
CREATE INDEX "show_merge_row_reader" ON "show_merge_row" USING btree ("reader_id");--> statement-breakpoint
CREATE INDEX "show_title_spelling" ON "show_title" USING btree (lower("text"));--> statement-breakpoint
-- A row of the ledger, or a forecast, may be put under another show and season, or out of the way of its twin there,
-- where the journal of a merge holds it as it was. What it says stays what was said.
CREATE FUNCTION is_held_by_a_merge(of_table text, key text, was jsonb, becomes jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM show_merge_row r WHERE r.of_table = is_held_by_a_merge.of_table AND r.key = is_held_by_a_merge.key
    AND r.before - 'show_id' - 'season_id' = was - 'show_id' - 'season_id')
    AND (becomes IS NULL OR was - 'show_id' - 'season_id' = becomes - 'show_id' - 'season_id')
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'claim' AND TG_OP = 'UPDATE' AND is_held_by_a_merge('claim', to_jsonb(OLD) ->> 'id', to_jsonb(OLD), to_jsonb(NEW))
    THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the ledger is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_to_foretell_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'forecast' AND is_held_by_a_merge('forecast', to_jsonb(OLD) ->> 'id', to_jsonb(OLD), to_jsonb(NEW))
    THEN RETURN NEW; END IF;
  IF TG_OP = 'DELETE' AND is_held_by_a_merge(TG_TABLE_NAME, coalesce(to_jsonb(OLD) ->> 'id', to_jsonb(OLD) ->> 'forecast_id'), to_jsonb(OLD), NULL)
    THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'forecasts are frozen: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
