CREATE TABLE "accounts" (
	"account_id" text collate "C" PRIMARY KEY NOT NULL,
	"public_key" text collate "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"odds_accepted_at" timestamp (3) with time zone,
	"player_id" text,
	"profile" json,
	"safety" json,
	"version" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "accounts_public_key_key" UNIQUE("public_key"),
	CONSTRAINT "accounts_deleted_check" CHECK (("accounts"."public_key" is null) = ("accounts"."deleted_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"key_id" text collate "C" PRIMARY KEY NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"prefix" text NOT NULL,
	"permissions" text[] NOT NULL,
	"allowed_ips" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"uses" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "api_keys_key_hash_key" UNIQUE("key_hash"),
	CONSTRAINT "api_keys_permissions_check" CHECK (cardinality("api_keys"."permissions") >= 1 and "api_keys"."permissions" <@ array['read', 'bet-paper', 'bet']),
	CONSTRAINT "api_keys_key_hash_check" CHECK (length("api_keys"."key_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "retained_safety" (
	"wallet_hash" "bytea" PRIMARY KEY NOT NULL,
	"safety" json NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_nonces" (
	"nonce" text PRIMARY KEY NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"sign_in_id" text collate "C" PRIMARY KEY NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"rotated_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_reason" text,
	CONSTRAINT "sign_ins_generation_check" CHECK ("sign_ins"."generation" >= 1)
);
--> statement-breakpoint
CREATE TABLE "bet_sessions" (
	"session_id" text collate "C" PRIMARY KEY NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"venue" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"last_bet_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"close_reason" text,
	CONSTRAINT "bet_sessions_venue_check" CHECK ("bet_sessions"."venue" in ('practice', 'paper', 'assisted')),
	CONSTRAINT "bet_sessions_closed_check" CHECK (("bet_sessions"."closed_at" is null) = ("bet_sessions"."close_reason" is null) and "bet_sessions"."close_reason" in ('idle', 'player')),
	CONSTRAINT "bet_sessions_order_check" CHECK ("bet_sessions"."opened_at" <= "bet_sessions"."last_bet_at")
);
--> statement-breakpoint
CREATE TABLE "bet_transactions" (
	"signature" text collate "C" PRIMARY KEY NOT NULL,
	"bet_id" text collate "C" NOT NULL,
	"role" text NOT NULL,
	"attempt" smallint NOT NULL,
	"status" text NOT NULL,
	"bytes" "bytea",
	"last_valid_block_height" bigint,
	"slot" bigint,
	"fee_lamports" bigint,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"finalized_at" timestamp (3) with time zone,
	CONSTRAINT "bet_transactions_role_check" CHECK ("bet_transactions"."role" in ('stake', 'payout', 'refund')),
	CONSTRAINT "bet_transactions_status_check" CHECK ("bet_transactions"."status" in ('sent', 'confirmed', 'finalized', 'failed', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "bets" (
	"bet_id" text collate "C" PRIMARY KEY NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"venue" text NOT NULL,
	"client_key" text NOT NULL,
	"session_id" text collate "C" NOT NULL,
	"strategy_id" text,
	"state" text NOT NULL,
	"stake_lamports" bigint NOT NULL,
	"payout" double precision NOT NULL,
	"game_id" text collate "C" NOT NULL,
	"prepared_tick" integer,
	"start_tick" integer,
	"end_tick" integer,
	"rug_tick" integer,
	"prepared_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"active_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"stake_final" boolean NOT NULL,
	"paid_lamports" bigint,
	"reason" text,
	"advice" json,
	"preparation" json,
	"version" integer NOT NULL,
	CONSTRAINT "bets_venue_check" CHECK ("bets"."venue" in ('practice', 'paper', 'assisted')),
	CONSTRAINT "bets_state_check" CHECK ("bets"."state" in ('prepared', 'submitted', 'active', 'won', 'lost', 'void', 'paid', 'refunded', 'expired')),
	CONSTRAINT "bets_stake_check" CHECK ("bets"."stake_lamports" > 0),
	CONSTRAINT "bets_payout_check" CHECK ("bets"."payout" > 1 and "bets"."payout" < 'Infinity'),
	CONSTRAINT "bets_ticks_check" CHECK ("bets"."start_tick" >= 0 and "bets"."end_tick" = "bets"."start_tick" + 40),
	CONSTRAINT "bets_rule_check" CHECK ("bets"."state" not in ('won', 'paid')
        or ("bets"."rug_tick" > "bets"."start_tick" and "bets"."rug_tick" <= "bets"."end_tick")),
	CONSTRAINT "bets_lost_check" CHECK ("bets"."state" <> 'lost' or "bets"."rug_tick" is null
        or "bets"."rug_tick" <= "bets"."start_tick" or "bets"."rug_tick" > "bets"."end_tick"),
	CONSTRAINT "bets_active_check" CHECK ("bets"."state" not in ('active', 'won', 'lost', 'paid') or "bets"."start_tick" is not null),
	CONSTRAINT "bets_paid_check" CHECK (("bets"."state" in ('paid', 'refunded')) = ("bets"."paid_lamports" is not null)),
	CONSTRAINT "bets_version_check" CHECK ("bets"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "chain_cursors" (
	"address" text collate "C" PRIMARY KEY NOT NULL,
	"signature" text collate "C" NOT NULL,
	"slot" bigint NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_balances" (
	"account" text collate "C" NOT NULL,
	"lamports" bigint NOT NULL,
	"entries" integer NOT NULL,
	CONSTRAINT "ledger_balances_pkey" PRIMARY KEY("account")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"entry_id" bigserial PRIMARY KEY NOT NULL,
	"posting" text collate "C" NOT NULL,
	"line" smallint NOT NULL,
	"account" text collate "C" NOT NULL,
	"lamports" bigint NOT NULL,
	"bet_id" text collate "C",
	"signature" text collate "C",
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_entries_lamports_check" CHECK ("ledger_entries"."lamports" <> 0)
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bet_sessions" ADD CONSTRAINT "bet_sessions_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bet_transactions" ADD CONSTRAINT "bet_transactions_bet_id_bets_bet_id_fk" FOREIGN KEY ("bet_id") REFERENCES "public"."bets"("bet_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bets" ADD CONSTRAINT "bets_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bets" ADD CONSTRAINT "bets_session_id_bet_sessions_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."bet_sessions"("session_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_player_id_index" ON "accounts" USING btree ("player_id") WHERE "accounts"."player_id" is not null;--> statement-breakpoint
CREATE INDEX "api_keys_account_index" ON "api_keys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sign_in_nonces_expires_at_index" ON "sign_in_nonces" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_ins_account_index" ON "sign_ins" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bet_sessions_open_key" ON "bet_sessions" USING btree ("account_id","venue") WHERE "bet_sessions"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "bet_sessions_account_index" ON "bet_sessions" USING btree ("account_id","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "bet_transactions_attempt_key" ON "bet_transactions" USING btree ("bet_id","role","attempt");--> statement-breakpoint
CREATE UNIQUE INDEX "bet_transactions_one_alive_key" ON "bet_transactions" USING btree ("bet_id") WHERE "bet_transactions"."role" <> 'stake' and "bet_transactions"."status" in ('sent', 'confirmed', 'finalized');--> statement-breakpoint
CREATE INDEX "bet_transactions_unfinal_index" ON "bet_transactions" USING btree ("sent_at") WHERE "bet_transactions"."status" in ('sent', 'confirmed');--> statement-breakpoint
CREATE UNIQUE INDEX "bets_client_key_key" ON "bets" USING btree ("account_id","client_key");--> statement-breakpoint
CREATE UNIQUE INDEX "bets_one_open_key" ON "bets" USING btree ("account_id") WHERE "bets"."state" in ('prepared', 'submitted', 'active') and "bets"."venue" <> 'assisted';--> statement-breakpoint
CREATE INDEX "bets_account_index" ON "bets" USING btree ("account_id","prepared_at","bet_id");--> statement-breakpoint
CREATE INDEX "bets_session_index" ON "bets" USING btree ("session_id","prepared_at");--> statement-breakpoint
CREATE INDEX "bets_unclosed_index" ON "bets" USING btree ("prepared_at") WHERE "bets"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_posting_key" ON "ledger_entries" USING btree ("posting","line");--> statement-breakpoint
CREATE INDEX "ledger_entries_account_index" ON "ledger_entries" USING btree ("account","entry_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_bet_index" ON "ledger_entries" USING btree ("bet_id");--> statement-breakpoint
CREATE FUNCTION "refuse_ledger_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'ledger entries are only ever added' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "ledger_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entries" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_ledger_change"();
--> statement-breakpoint
CREATE FUNCTION "check_posting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (SELECT sum("lamports") FROM "ledger_entries" WHERE "posting" = NEW."posting") <> 0 THEN
		RAISE EXCEPTION 'the lines of posting % do not sum to zero', NEW."posting" USING ERRCODE = 'check_violation';
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
-- At commit: the lines of a posting come one after another.
CREATE CONSTRAINT TRIGGER "ledger_entries_zero_sum" AFTER INSERT ON "ledger_entries" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_posting"();
