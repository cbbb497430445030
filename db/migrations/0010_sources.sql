CREATE TABLE "quarantine" (
	"provider" text NOT NULL,
	"outside_id" text NOT NULL,
	"reason" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"body_hash" text,
	CONSTRAINT "quarantine_provider_outside_id_pk" PRIMARY KEY("provider","outside_id")
);
--> statement-breakpoint
CREATE TABLE "source_look" (
	"provider" text NOT NULL,
	"outside_id" text NOT NULL,
	"show_id" integer NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"stamp" text,
	"etag" text,
	CONSTRAINT "source_look_provider_outside_id_pk" PRIMARY KEY("provider","outside_id")
);
--> statement-breakpoint
CREATE TABLE "sync_state" (
	"provider" text PRIMARY KEY NOT NULL,
	"read_until" timestamp with time zone,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"asked" integer DEFAULT 0 NOT NULL,
	"left" integer DEFAULT 0 NOT NULL,
	"says" text
);
--> statement-breakpoint
ALTER TABLE "source_look" ADD CONSTRAINT "source_look_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "source_look_show" ON "source_look" USING btree ("show_id");