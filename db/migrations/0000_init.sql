CREATE TABLE "account" (
	"user_id" uuid NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"expires_at" integer,
	"token_type" text,
	"scope" text,
	"id_token" text,
	"session_state" text,
	CONSTRAINT "account_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "authenticator" (
	"credential_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"provider_account_id" text NOT NULL,
	"credential_public_key" text NOT NULL,
	"counter" integer NOT NULL,
	"credential_device_type" text NOT NULL,
	"credential_backed_up" boolean NOT NULL,
	"transports" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "authenticator_user_id_credential_id_pk" PRIMARY KEY("user_id","credential_id"),
	CONSTRAINT "authenticator_credential_id_unique" UNIQUE("credential_id")
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reader" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified" timestamp with time zone,
	"image" text,
	"role" text DEFAULT 'reader' NOT NULL,
	"suspended" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_looked_at" timestamp with time zone,
	CONSTRAINT "reader_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"session_token" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"device" text
);
--> statement-breakpoint
CREATE TABLE "sign_in_request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"token_hash" text NOT NULL,
	"browser_hash" text NOT NULL,
	"code_hash" text NOT NULL,
	"code_attempts" integer DEFAULT 0 NOT NULL,
	"purpose" text DEFAULT 'sign-in' NOT NULL,
	"return_to" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "sign_in_request_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "sign_in_request_attempts" CHECK ("sign_in_request"."code_attempts" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "verification_token" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_token_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
CREATE TABLE "claim" (
	"id" text PRIMARY KEY NOT NULL,
	"show_id" integer NOT NULL,
	"season_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"source_class" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"edtf" text,
	"earliest" date,
	"latest" date,
	"who" text,
	"person_status" text,
	"modality" text DEFAULT 'done' NOT NULL,
	"citing" text,
	"url" text NOT NULL,
	"published_on" date,
	"seen_on" date NOT NULL,
	"quote" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "claim_window_ordered" CHECK ("claim"."earliest" is null or "claim"."earliest" <= "claim"."latest"),
	CONSTRAINT "claim_url_http" CHECK ("claim"."url" ~ '^https?://')
);
--> statement-breakpoint
CREATE TABLE "correction" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "correction_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"show_id" integer NOT NULL,
	"season_id" integer,
	"claim_id" text,
	"text" text NOT NULL,
	"published_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"show_id" integer NOT NULL,
	"season_id" integer NOT NULL,
	"kind" text NOT NULL,
	"was" text DEFAULT '' NOT NULL,
	"became" text DEFAULT '' NOT NULL,
	"because" text[] NOT NULL,
	"happened_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_once" UNIQUE("season_id","kind","was","became","happened_on")
);
--> statement-breakpoint
CREATE TABLE "retraction" (
	"claim_id" text PRIMARY KEY NOT NULL,
	"retracted_on" date NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "source" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "source_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"site" text,
	CONSTRAINT "source_slug_unique" UNIQUE("slug"),
	CONSTRAINT "source_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "follow" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "follow_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"reader_id" uuid NOT NULL,
	"season_id" integer NOT NULL,
	"followed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "follow_once" UNIQUE("reader_id","season_id")
);
--> statement-breakpoint
CREATE TABLE "mail" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mail_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"message_id" text NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"parked_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "mail_message_id_unique" UNIQUE("message_id")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "related" (
	"show_id" integer NOT NULL,
	"rank" integer NOT NULL,
	"related_show_id" integer NOT NULL,
	"score" real NOT NULL,
	"reasons" jsonb NOT NULL,
	CONSTRAINT "related_show_id_rank_pk" PRIMARY KEY("show_id","rank")
);
--> statement-breakpoint
CREATE TABLE "cache_tag" (
	"tag" text PRIMARY KEY NOT NULL,
	"stale" bigint,
	"expired" bigint
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credit" (
	"show_id" integer NOT NULL,
	"role" text NOT NULL,
	"position" integer NOT NULL,
	"person_id" integer NOT NULL,
	"character" text,
	CONSTRAINT "credit_show_id_role_position_pk" PRIMARY KEY("show_id","role","position")
);
--> statement-breakpoint
CREATE TABLE "franchise_link" (
	"show_id" integer NOT NULL,
	"position" integer NOT NULL,
	"ref" text NOT NULL,
	CONSTRAINT "franchise_link_show_id_position_pk" PRIMARY KEY("show_id","position")
);
--> statement-breakpoint
CREATE TABLE "network" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "network_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "network_slug_unique" UNIQUE("slug"),
	CONSTRAINT "network_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "outside_id" (
	"namespace" text NOT NULL,
	"value" text NOT NULL,
	"show_id" integer NOT NULL,
	CONSTRAINT "outside_id_namespace_value_pk" PRIMARY KEY("namespace","value")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "person_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	CONSTRAINT "person_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "recap_sentence" (
	"show_id" integer NOT NULL,
	"season_number" integer NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"through_episode" integer NOT NULL,
	CONSTRAINT "recap_sentence_show_id_season_number_position_pk" PRIMARY KEY("show_id","season_number","position")
);
--> statement-breakpoint
CREATE TABLE "season" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "season_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"show_id" integer NOT NULL,
	"number" integer NOT NULL,
	"name" text,
	"premiere" text,
	"premiere_earliest" date,
	"premiere_latest" date,
	"finale" text,
	"finale_earliest" date,
	"finale_latest" date,
	"episodes" integer,
	"recorded" boolean DEFAULT false NOT NULL,
	CONSTRAINT "season_show_number" UNIQUE("show_id","number"),
	CONSTRAINT "season_number_sane" CHECK ("season"."number" between 1 and 1000),
	CONSTRAINT "season_episodes_sane" CHECK ("season"."episodes" is null or "season"."episodes" between 1 and 20000)
);
--> statement-breakpoint
CREATE TABLE "show" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "show_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"original_title" text,
	"kind" text DEFAULT 'scripted' NOT NULL,
	"country" text,
	"language" text,
	"network_id" integer,
	"source_material" text,
	"summary" text,
	"popularity" real,
	"rating" real,
	"listed" jsonb,
	"provenance" text[] DEFAULT '{}'::text[] NOT NULL,
	CONSTRAINT "show_slug_unique" UNIQUE("slug"),
	CONSTRAINT "show_title_not_empty" CHECK (length("show"."title") > 0)
);
--> statement-breakpoint
CREATE TABLE "show_tag" (
	"show_id" integer NOT NULL,
	"tag_id" integer NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "show_tag_show_id_tag_id_pk" PRIMARY KEY("show_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "show_title" (
	"show_id" integer NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "show_title_show_id_position_pk" PRIMARY KEY("show_id","position")
);
--> statement-breakpoint
CREATE TABLE "tag" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tag_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "tag_kind_name" UNIQUE("kind","name")
);
--> statement-breakpoint
CREATE TABLE "season_state" (
	"season_id" integer PRIMARY KEY NOT NULL,
	"show_id" integer NOT NULL,
	"status" text NOT NULL,
	"because" text[] NOT NULL,
	"premiere_edtf" text,
	"premiere_earliest" date,
	"premiere_latest" date,
	"claim_count" integer NOT NULL,
	"changed_on" date,
	"checked_on" date,
	"derived_for" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "show_state" (
	"show_id" integer PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"because" text[] NOT NULL,
	"next_season" integer NOT NULL,
	"next_status" text NOT NULL,
	"next_edtf" text,
	"next_earliest" date,
	"next_latest" date,
	"last_premiere" date,
	"last_finale" date,
	"answer" text NOT NULL,
	"lamp" text NOT NULL,
	"claim_count" integer NOT NULL,
	"changed_on" date,
	"checked_on" date,
	"derived_for" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_reader_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authenticator" ADD CONSTRAINT "authenticator_user_id_reader_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_reader_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim" ADD CONSTRAINT "claim_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim" ADD CONSTRAINT "claim_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim" ADD CONSTRAINT "claim_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retraction" ADD CONSTRAINT "retraction_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow" ADD CONSTRAINT "follow_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow" ADD CONSTRAINT "follow_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "related" ADD CONSTRAINT "related_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "related" ADD CONSTRAINT "related_related_show_id_show_id_fk" FOREIGN KEY ("related_show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit" ADD CONSTRAINT "credit_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit" ADD CONSTRAINT "credit_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "franchise_link" ADD CONSTRAINT "franchise_link_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_id" ADD CONSTRAINT "outside_id_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recap_sentence" ADD CONSTRAINT "recap_sentence_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season" ADD CONSTRAINT "season_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show" ADD CONSTRAINT "show_network_id_network_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."network"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show_tag" ADD CONSTRAINT "show_tag_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show_tag" ADD CONSTRAINT "show_tag_tag_id_tag_id_fk" FOREIGN KEY ("tag_id") REFERENCES "public"."tag"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show_title" ADD CONSTRAINT "show_title_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_state" ADD CONSTRAINT "season_state_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_state" ADD CONSTRAINT "season_state_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show_state" ADD CONSTRAINT "show_state_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_request_email" ON "sign_in_request" USING btree ("email");--> statement-breakpoint
CREATE INDEX "claim_season" ON "claim" USING btree ("season_id");--> statement-breakpoint
CREATE INDEX "claim_show" ON "claim" USING btree ("show_id");--> statement-breakpoint
CREATE INDEX "claim_source" ON "claim" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "event_happened" ON "event" USING btree ("happened_on","id");--> statement-breakpoint
CREATE INDEX "follow_season" ON "follow" USING btree ("season_id");--> statement-breakpoint
CREATE INDEX "mail_due" ON "mail" USING btree ("sent_at","parked_at","next_attempt_at");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("processed_at","id");--> statement-breakpoint
CREATE INDEX "related_other" ON "related" USING btree ("related_show_id");--> statement-breakpoint
CREATE INDEX "credit_person" ON "credit" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "outside_id_show" ON "outside_id" USING btree ("show_id");--> statement-breakpoint
CREATE INDEX "show_network" ON "show" USING btree ("network_id");--> statement-breakpoint
CREATE INDEX "show_country" ON "show" USING btree ("country");--> statement-breakpoint
CREATE INDEX "show_tag_tag" ON "show_tag" USING btree ("tag_id");--> statement-breakpoint
CREATE INDEX "tag_slug" ON "tag" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "season_state_show" ON "season_state" USING btree ("show_id");--> statement-breakpoint
CREATE INDEX "season_state_earliest" ON "season_state" USING btree ("premiere_earliest");--> statement-breakpoint
CREATE INDEX "show_state_status" ON "show_state" USING btree ("status");--> statement-breakpoint
CREATE INDEX "show_state_next" ON "show_state" USING btree ("next_earliest");