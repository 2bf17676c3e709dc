using BtcAgent.Client.Api;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Messages about portfolios and their limits.</summary>
internal static class PortfolioMessages
{
    public static V1.PortfolioView Of(PortfolioView view) => new()
    {
        Portfolio = Of(view.Portfolio),
        Risk = Of(view.Risk),
        EquityCurve =
        {
            (view.EquityCurve ?? []).Select(p => new V1.EquityPoint { EventTime = Plain.Time(p.EventTime), Equity = Plain.Text(p.Equity) }),
        },
    };

    private static V1.RiskStatus Of(RiskStatus risk)
    {
        var message = new V1.RiskStatus
        {
            Breaker = StatusMessages.Of(risk.Breaker),
            Approved = risk.Approved,
            Held = risk.Held,
            Rejected = risk.Rejected,
            Tripped = { risk.Tripped },
        };
        Optional.Set(risk.Cause, value => message.Cause = Plain.Name(value));
        return message;
    }

    public static V1.Portfolio Of(PortfolioSnapshot snapshot)
    {
        var message = new V1.Portfolio
        {
            Portfolio_ = snapshot.Portfolio,
            QuoteAsset = snapshot.QuoteAsset,
            EventTime = Plain.Time(snapshot.EventTime),
            Cash = Plain.Text(snapshot.Cash),
            Equity = Plain.Text(snapshot.Equity),
            HighWaterMark = Plain.Text(snapshot.HighWaterMark),
            DayStartEquity = Plain.Text(snapshot.DayStartEquity),
            RealizedPnl = Plain.Text(snapshot.RealizedPnl),
            UnrealizedPnl = Plain.Text(snapshot.UnrealizedPnl),
            Fees = Plain.Text(snapshot.Fees),
            FillCount = snapshot.FillCount,
            Positions = { snapshot.Positions.Select(Of) },
            InitialEquity = Plain.Text(snapshot.InitialEquity),
            FeeAssets = { snapshot.FeeAssets.Select(Of) },
            Revision = snapshot.Revision,
            NetRealizedPnl = Plain.Text(snapshot.NetRealizedPnl),
            Drawdown = Plain.Text(snapshot.Drawdown),
            DayPnl = Plain.Text(snapshot.DayPnl),
        };
        message.Balances.Add(snapshot.Balances.ToDictionary(b => b.Key, b => Plain.Text(b.Value)));
        if (snapshot.Outside is { } outside)
        {
            message.Outside = new V1.OutsideHoldings { WholeAssets = { outside.WholeAssets } };
            message.Outside.Balances.Add(outside.Balances.ToDictionary(b => b.Key, b => Plain.Text(b.Value)));
        }

        return message;
    }

    public static V1.LimitsInForce Of(LimitsInForce limits)
    {
        var message = new V1.LimitsInForce { HeldBack = { limits.HeldBack }, Changes = { limits.Changes.Select(Of) } };
        message.Values.Add(limits.Values.ToDictionary(v => v.Key, v => Plain.Text(v.Value)));
        return message;
    }

    public static V1.RiskRule Of(RiskRuleView rule)
    {
        var message = new V1.RiskRule
        {
            Code = rule.Code,
            Measure = rule.Measure,
            Unit = rule.Unit,
            Default = rule.Default,

            // The exemptions begin at 0, the message's at 1.
            Exempts = (V1.RuleExemption)((int)rule.Exempts + 1),
            Clips = rule.Clips,
            ForStrategiesOnly = rule.ForStrategiesOnly,
        };
        Optional.Set(rule.Limit, value => message.Limit = value);
        return message;
    }

    private static V1.Position Of(PositionSnapshot position)
    {
        var message = new V1.Position
        {
            Instrument = position.Instrument.Key,
            Quantity = Plain.Text(position.Quantity),
            RealizedPnl = Plain.Text(position.RealizedPnl),
            UnrealizedPnl = Plain.Text(position.UnrealizedPnl),
        };
        Optional.Set(position.AveragePrice, value => message.AveragePrice = value);
        Optional.Set(position.MarkPrice, value => message.MarkPrice = value);
        return message;
    }

    private static V1.FeeAsset Of(FeeAsset fee)
    {
        var message = new V1.FeeAsset
        {
            Asset = fee.Asset,
            Paid = Plain.Text(fee.Paid),
            Uncounted = Plain.Text(fee.Uncounted),
            PricedAt = Plain.Time(fee.PricedAt),
        };
        Optional.Set(fee.Price, value => message.Price = value);
        return message;
    }

    private static V1.LimitChange Of(LimitChange change)
    {
        var message = new V1.LimitChange
        {
            Name = change.Name,
            To = Plain.Text(change.To),
            Operator = change.Operator,
            Reason = change.Reason,
            Time = Plain.Time(change.Time),
        };
        Optional.Set(change.From, value => message.From = value);
        return message;
    }
}
