ALTER TABLE "event" DROP CONSTRAINT "event_once";--> statement-breakpoint
DROP INDEX "mail_due";--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "ordinal" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "mail_open" ON "mail" USING btree (("reader_id" is not null),"next_attempt_at") WHERE sent_at is null and parked_at is null;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_once" UNIQUE("season_id","kind","was","became","happened_on","ordinal");