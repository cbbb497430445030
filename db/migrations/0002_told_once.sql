CREATE TABLE "list_import" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"reader_id" uuid NOT NULL,
	"service" text NOT NULL,
	"file_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "list_import_follow" (
	"import_id" uuid NOT NULL,
	"follow_id" integer NOT NULL,
	CONSTRAINT "list_import_follow_import_id_follow_id_pk" PRIMARY KEY("import_id","follow_id")
);
--> statement-breakpoint
CREATE TABLE "list_import_row" (
	"import_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text,
	"year" integer,
	"season" integer,
	"ids" jsonb NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"show_id" integer,
	"wanted" integer,
	"candidates" jsonb NOT NULL,
	CONSTRAINT "list_import_row_import_id_position_pk" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
CREATE TABLE "channel" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "channel_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"reader_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"keys" jsonb,
	"label" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_delivered_at" timestamp with time zone,
	"last_refused_at" timestamp with time zone,
	"last_refusal" text,
	"suspended_at" timestamp with time zone,
	CONSTRAINT "channel_once" UNIQUE("reader_id","kind","address")
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notice_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"reader_id" uuid NOT NULL,
	"channel_id" integer NOT NULL,
	"about" text NOT NULL,
	"kind" text NOT NULL,
	"season_id" integer NOT NULL,
	"event_id" integer,
	"correction_id" integer,
	"state" text DEFAULT 'due' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"mail_id" integer,
	"settled_at" timestamp with time zone,
	"outcome" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_once" UNIQUE("reader_id","about","channel_id")
);
--> statement-breakpoint
CREATE TABLE "opt_in" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"token_hash" text NOT NULL,
	"season_ids" integer[] NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "opt_in_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "preference" (
	"reader_id" uuid PRIMARY KEY NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"wants" text[] DEFAULT '{decision,dates,premiere}'::text[] NOT NULL,
	"lead_days" smallint DEFAULT 0 NOT NULL,
	"cadence" text DEFAULT 'now' NOT NULL,
	"digest_hour" smallint DEFAULT 8 NOT NULL,
	"digest_weekday" smallint DEFAULT 1 NOT NULL,
	"quiet_from" smallint,
	"quiet_to" smallint,
	"spoiler_safe" boolean DEFAULT true NOT NULL,
	CONSTRAINT "preference_lead" CHECK ("preference"."lead_days" between 0 and 30),
	CONSTRAINT "preference_digest" CHECK ("preference"."digest_hour" between 0 and 23 and "preference"."digest_weekday" between 1 and 7),
	CONSTRAINT "preference_quiet" CHECK (("preference"."quiet_from" is null) = ("preference"."quiet_to" is null) and coalesce("preference"."quiet_from", 0) between 0 and 23 and coalesce("preference"."quiet_to", 0) between 0 and 23)
);
--> statement-breakpoint
CREATE TABLE "reader_token" (
	"hash" text PRIMARY KEY NOT NULL,
	"reader_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"season_id" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "event" DROP CONSTRAINT "event_once";--> statement-breakpoint
DROP INDEX "mail_due";--> statement-breakpoint
DROP INDEX "follow_season";--> statement-breakpoint
ALTER TABLE "reader" ALTER COLUMN "email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "ordinal" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "telling" text DEFAULT 'silent' NOT NULL;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "held_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "follow" ADD COLUMN "wants" text[];--> statement-breakpoint
ALTER TABLE "follow" ADD COLUMN "lead_days" smallint;--> statement-breakpoint
ALTER TABLE "follow" ADD COLUMN "cadence" text;--> statement-breakpoint
ALTER TABLE "follow" ADD COLUMN "channels" text[];--> statement-breakpoint
ALTER TABLE "follow" ADD COLUMN "muted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "follow" ADD COLUMN "snoozed_until" date;--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "reader_id" uuid;--> statement-breakpoint
ALTER TABLE "list_import" ADD CONSTRAINT "list_import_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_follow" ADD CONSTRAINT "list_import_follow_import_id_list_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_follow" ADD CONSTRAINT "list_import_follow_follow_id_follow_id_fk" FOREIGN KEY ("follow_id") REFERENCES "public"."follow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_row" ADD CONSTRAINT "list_import_row_import_id_list_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_row" ADD CONSTRAINT "list_import_row_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_correction_id_correction_id_fk" FOREIGN KEY ("correction_id") REFERENCES "public"."correction"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_mail_id_mail_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mail"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preference" ADD CONSTRAINT "preference_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reader_token" ADD CONSTRAINT "reader_token_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reader_token" ADD CONSTRAINT "reader_token_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "list_import_reader" ON "list_import" USING btree ("reader_id");--> statement-breakpoint
CREATE INDEX "list_import_expires" ON "list_import" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "list_import_follow_follow" ON "list_import_follow" USING btree ("follow_id");--> statement-breakpoint
CREATE INDEX "notice_due" ON "notice" USING btree ("due_at","id") WHERE state = 'due';--> statement-breakpoint
CREATE INDEX "notice_mail" ON "notice" USING btree ("mail_id");--> statement-breakpoint
CREATE INDEX "notice_event" ON "notice" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "notice_season" ON "notice" USING btree ("season_id");--> statement-breakpoint
CREATE INDEX "notice_channel" ON "notice" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "opt_in_email" ON "opt_in" USING btree ("email");--> statement-breakpoint
CREATE INDEX "reader_token_reader" ON "reader_token" USING btree ("reader_id","purpose");--> statement-breakpoint
ALTER TABLE "mail" ADD CONSTRAINT "mail_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_held" ON "event" USING btree ("held_until") WHERE telling = 'held';--> statement-breakpoint
CREATE INDEX "mail_open" ON "mail" USING btree (("reader_id" is not null),"next_attempt_at") WHERE sent_at is null and parked_at is null;--> statement-breakpoint
CREATE INDEX "mail_reader" ON "mail" USING btree ("reader_id");--> statement-breakpoint
CREATE INDEX "follow_season" ON "follow" USING btree ("season_id","id");--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_once" UNIQUE("season_id","kind","was","became","happened_on","ordinal");--> statement-breakpoint
ALTER TABLE "follow" ADD CONSTRAINT "follow_lead" CHECK ("follow"."lead_days" is null or "follow"."lead_days" between 0 and 30);