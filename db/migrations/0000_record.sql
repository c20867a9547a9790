CREATE TABLE "dead_letters" (
	"letter_id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dead_letters_letter_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"digest" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event" text NOT NULL,
	"reason" text NOT NULL,
	"part" text NOT NULL,
	"part_cut" boolean NOT NULL,
	CONSTRAINT "dead_letters_digest_key" UNIQUE("digest")
);
--> statement-breakpoint
CREATE TABLE "games" (
	"game_id" text collate "C" PRIMARY KEY NOT NULL,
	"phase" text NOT NULL,
	"phase_at" timestamp (3) with time zone,
	"server_seed_hash" text,
	"server_seed" text,
	"version" text,
	"announced_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"rugged_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"listed_at" timestamp (3) with time zone NOT NULL,
	"rug_tick" integer,
	"peak" double precision,
	"verification" text,
	"commitment_kept" boolean,
	"complete" boolean NOT NULL,
	"ticks_repaired" integer NOT NULL,
	"ticks_corrected" integer NOT NULL,
	CONSTRAINT "games_phase_check" CHECK ("games"."phase" in ('cooldown', 'presale', 'active', 'rugged')),
	CONSTRAINT "games_verification_check" CHECK ("games"."verification" in ('verified', 'failed', 'unverifiable')),
	CONSTRAINT "games_rug_tick_check" CHECK ("games"."rug_tick" >= 0),
	CONSTRAINT "games_peak_check" CHECK ("games"."peak" >= 0 and "games"."peak" < 'Infinity'),
	CONSTRAINT "games_ticks_repaired_check" CHECK ("games"."ticks_repaired" >= 0),
	CONSTRAINT "games_ticks_corrected_check" CHECK ("games"."ticks_corrected" >= 0),
	CONSTRAINT "games_confirmed_check" CHECK ("games"."confirmed_at" is null or ("games"."phase" = 'rugged' and "games"."rug_tick" is not null and "games"."ended_at" is not null and "games"."verification" is not null and "games"."server_seed" is not null))
);
--> statement-breakpoint
CREATE TABLE "side_bets" (
	"game_id" text collate "C" NOT NULL,
	"player_id" text NOT NULL,
	"start_tick" integer NOT NULL,
	"end_tick" integer NOT NULL,
	"username" text,
	"stake_lamports" bigint NOT NULL,
	"payout_multiple" double precision NOT NULL,
	"coin_address" text NOT NULL,
	"placed_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone,
	"confirmed" boolean NOT NULL,
	"outcome" text,
	"payout_lamports" bigint,
	CONSTRAINT "side_bets_pkey" PRIMARY KEY("game_id","player_id","start_tick"),
	CONSTRAINT "side_bets_start_tick_check" CHECK ("side_bets"."start_tick" >= 0),
	CONSTRAINT "side_bets_end_tick_check" CHECK ("side_bets"."end_tick" > "side_bets"."start_tick"),
	CONSTRAINT "side_bets_stake_check" CHECK ("side_bets"."stake_lamports" > 0),
	CONSTRAINT "side_bets_payout_multiple_check" CHECK ("side_bets"."payout_multiple" >= 1 and "side_bets"."payout_multiple" < 'Infinity'),
	CONSTRAINT "side_bets_outcome_check" CHECK ("side_bets"."outcome" in ('won', 'lost')),
	CONSTRAINT "side_bets_payout_check" CHECK (("side_bets"."outcome" is null) = ("side_bets"."payout_lamports" is null) and "side_bets"."payout_lamports" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ticks" (
	"game_id" text collate "C" NOT NULL,
	"tick" integer NOT NULL,
	"price" double precision NOT NULL,
	"received_at" timestamp (3) with time zone,
	"source" text NOT NULL,
	CONSTRAINT "ticks_pkey" PRIMARY KEY("game_id","tick"),
	CONSTRAINT "ticks_tick_check" CHECK ("ticks"."tick" >= 0),
	CONSTRAINT "ticks_price_check" CHECK ("ticks"."price" >= 0 and "ticks"."price" < 'Infinity'),
	CONSTRAINT "ticks_source_check" CHECK ("ticks"."source" in ('frame', 'partial', 'path', 'history'))
) PARTITION BY RANGE ("game_id");
--> statement-breakpoint
-- By hand: Drizzle has no PARTITION BY. Game ids begin with the UTC date, so a range of ids is a range of days; whatever
-- no partition of its own takes lies here.
CREATE TABLE "ticks_default" PARTITION OF "ticks" DEFAULT;
--> statement-breakpoint
CREATE TABLE "trades" (
	"trade_id" text PRIMARY KEY NOT NULL,
	"game_id" text collate "C" NOT NULL,
	"player_id" text NOT NULL,
	"username" text,
	"kind" text NOT NULL,
	"amount_lamports" bigint NOT NULL,
	"quantity" double precision NOT NULL,
	"price" double precision NOT NULL,
	"tick" integer NOT NULL,
	"coin_address" text,
	"leverage" double precision,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "trades_kind_check" CHECK ("trades"."kind" in ('buy', 'sell', 'short_open', 'short_close')),
	CONSTRAINT "trades_amount_check" CHECK ("trades"."amount_lamports" > 0),
	CONSTRAINT "trades_quantity_check" CHECK ("trades"."quantity" >= 0 and "trades"."quantity" < 'Infinity'),
	CONSTRAINT "trades_price_check" CHECK ("trades"."price" >= 0 and "trades"."price" < 'Infinity'),
	CONSTRAINT "trades_tick_check" CHECK ("trades"."tick" >= 0)
);
--> statement-breakpoint
CREATE INDEX "games_listed_at_index" ON "games" USING btree ("listed_at","game_id");