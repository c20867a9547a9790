CREATE TABLE "strategy_hourly" (
	"bucket" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"strategy_id" text NOT NULL,
	"recommendations" integer NOT NULL,
	"recommendations_live" integer DEFAULT 0 NOT NULL,
	"bets" integer NOT NULL,
	"won" integer NOT NULL,
	"missed" integer NOT NULL,
	"staked_lamports" bigint NOT NULL,
	"returned_lamports" bigint NOT NULL,
	"expected_profit_lamports" bigint NOT NULL,
	"payable_lamports" bigint DEFAULT 0 NOT NULL,
	"payable_squares" double precision DEFAULT 0 NOT NULL,
	"skips_right" integer NOT NULL,
	"skips_wrong" integer NOT NULL,
	CONSTRAINT "strategy_hourly_pkey" PRIMARY KEY("bucket","source","strategy_id"),
	CONSTRAINT "strategy_hourly_source_check" CHECK ("strategy_hourly"."source" in ('live', 'simulator')),
	CONSTRAINT "strategy_hourly_won_check" CHECK ("strategy_hourly"."won" between 0 and "strategy_hourly"."bets"),
	CONSTRAINT "strategy_hourly_bets_check" CHECK ("strategy_hourly"."bets" >= 0 and "strategy_hourly"."missed" >= 0 and "strategy_hourly"."bets" + "strategy_hourly"."missed" <= "strategy_hourly"."recommendations"),
	CONSTRAINT "strategy_hourly_live_check" CHECK ("strategy_hourly"."recommendations_live" between 0 and "strategy_hourly"."recommendations"),
	CONSTRAINT "strategy_hourly_staked_check" CHECK ("strategy_hourly"."staked_lamports" >= 0 and "strategy_hourly"."returned_lamports" >= 0)
);
--> statement-breakpoint
ALTER TABLE "strategy_performance" DROP CONSTRAINT "strategy_performance_bets_check";--> statement-breakpoint
ALTER TABLE "strategy_performance" ADD COLUMN "recommendations_live" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "strategy_performance" ADD COLUMN "payable_lamports" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "strategy_performance" ADD COLUMN "payable_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "side_bet_games" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "bet_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "bet_won_products" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "won_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "staked_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "staked_paid_products" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "paid_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "forecast_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "forecast_won_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "forecast_sums" double precision[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "grid_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "grid_won_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "grid_brier_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "grid_log_loss_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_daily" ADD COLUMN "service_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "side_bet_games" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "bet_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "bet_won_products" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "won_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "staked_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "staked_paid_products" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "paid_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "forecast_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "forecast_won_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "forecast_sums" double precision[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "grid_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "grid_won_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "grid_brier_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "grid_log_loss_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_five_minutes" ADD COLUMN "service_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "side_bet_games" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "bet_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "bet_won_products" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "won_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "staked_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "staked_paid_products" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "paid_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "forecast_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "forecast_won_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "forecast_sums" double precision[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "grid_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "grid_won_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "grid_brier_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "grid_log_loss_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_hourly" ADD COLUMN "service_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "side_bet_games" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "bet_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "bet_won_products" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "won_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "staked_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "staked_paid_products" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "paid_squares" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "forecast_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "forecast_won_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "forecast_sums" double precision[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "grid_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "grid_won_counts" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "grid_brier_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "grid_log_loss_sum" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics_minute" ADD COLUMN "service_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "strategy_performance" ADD CONSTRAINT "strategy_performance_live_check" CHECK ("strategy_performance"."recommendations_live" between 0 and "strategy_performance"."recommendations");--> statement-breakpoint
ALTER TABLE "strategy_performance" ADD CONSTRAINT "strategy_performance_bets_check" CHECK ("strategy_performance"."bets" >= 0 and "strategy_performance"."missed" >= 0 and "strategy_performance"."bets" + "strategy_performance"."missed" <= "strategy_performance"."recommendations");