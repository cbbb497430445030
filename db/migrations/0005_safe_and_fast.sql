CREATE TABLE "heartbeat" (
	"name" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cache_expiry" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cache_expiry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tag" text NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "brought_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "soft_bounces" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "heartbeat_role" ON "heartbeat" USING btree ("role","seen_at");--> statement-breakpoint
CREATE INDEX "cache_expiry_xid" ON "cache_expiry" USING btree ("xid");--> statement-breakpoint
CREATE INDEX "cache_expiry_at" ON "cache_expiry" USING btree ("at");