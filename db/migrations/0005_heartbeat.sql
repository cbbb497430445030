CREATE TABLE "heartbeat" (
	"name" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "heartbeat_role" ON "heartbeat" USING btree ("role","seen_at");