using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Compares the books with the account that they are a part of, and books transfers and corrections.</summary>
public sealed partial class PortfolioLedger
{
    /// <summary>
    /// Books a deposit or withdrawal, which is neither profit nor loss. For a partly allocated asset it belongs to the
    /// outside.
    /// </summary>
    /// <returns>False when it was booked before.</returns>
    public bool Transfer(BalanceTransfer transfer)
    {
        if (!_booked.IsNew(transfer.Id))
        {
            return false;
        }

        _revision++;
        _eventTime = Later(transfer.EventTime);
        if (_outside is not null && !_outside.IsWhole(transfer.Asset))
        {
            // Never below zero: the next comparison with the venue finds the rest.
            _outside = _outside.Add(transfer.Asset, Math.Max(transfer.Amount, -_outside.Of(transfer.Asset)));
            return true;
        }

        Move(transfer);
        return true;
    }

    /// <summary>
    /// Compares a reading of the account with the books and, in the same step, books the explained differences: dust, a change
    /// of the outside, and with an operator's acceptance the rest.
    /// </summary>
    public AccountSettlement Agree(AccountReading reading)
    {
        if (reading.Revision != _revision)
        {
            return AccountSettlement.NotCompared;
        }

        ImmutableArray<AccountDifference> differences = [.. reading.Balances
            .Select(b => AccountDifference.Of(b.Key, b.Value, _balances.Of(b.Key), _outside, reading.Dust[b.Key]))
            .OfType<AccountDifference>()];
        ImmutableArray<AccountDifference> outside = [.. differences.Where(d => d.Kind == AccountDifferenceKind.OutsideChanged)];
        ImmutableArray<AccountDifference> booked = [.. differences.Where(d => d.Kind == AccountDifferenceKind.Dust
            || (d.Kind == AccountDifferenceKind.Unexplained && reading.Accepted is not null))];
        ImmutableArray<BalanceTransfer> transfers = [.. booked.Select(d => Correction(d, reading))];
        foreach (var transfer in transfers)
        {
            Move(transfer);
        }

        foreach (var difference in outside.Concat(booked))
        {
            _outside = _outside?.With(difference.Asset, Math.Max(0, difference.AtVenue - _balances.Of(difference.Asset)));
        }

        _revision += differences.IsEmpty ? 0 : 1;
        return new AccountSettlement
        {
            IsCompared = true,
            Booked = transfers,
            OutsideChanges = outside,
            Unexplained = [.. differences.Except(outside).Except(booked)],
        };
    }

    /// <summary>
    /// Corrects only the missing part of the portfolio's share when the asset is partly allocated, and the whole difference when
    /// it is fully allocated.
    /// </summary>
    private BalanceTransfer Correction(AccountDifference difference, AccountReading reading)
    {
        var isPart = _outside is not null && !_outside.IsWhole(difference.Asset);
        var (name, reason) = difference.Kind == AccountDifferenceKind.Dust
            ? ("dust", "DUST: too small to trade") : ("accepted", $"ACCEPTED: {reading.Accepted}");
        return new BalanceTransfer(
            string.Create(CultureInfo.InvariantCulture, $"{name}-{difference.Asset}-{difference.Own}-{difference.AtVenue}"),
            difference.Asset,
            isPart ? difference.AtVenue - difference.Own : difference.Amount,
            reason,
            reading.ReadAt);
    }

    private void Move(BalanceTransfer transfer)
    {
        Credit(transfer.Asset, transfer.Amount);
        var worth = transfer.Amount;
        if (transfer.Asset != _quoteAsset)
        {
            var position = _positions.Values.FirstOrDefault(p => p.BaseAsset == transfer.Asset && p.Mark is not null);
            if (position?.Mark is not { } mark)
            {
                return; // Valued at the first mark, with the rest of its asset.
            }

            position.Trade(transfer.Amount, mark, transfer.EventTime);
            worth *= mark;
        }

        Begin(worth);
    }

    /// <summary>The portfolio's part of a fill; null when all of it belongs to the outside.</summary>
    private Fill? OwnPart(Fill fill, TradingRules rules)
    {
        if (!fill.IsByHand || _outside is null)
        {
            return fill;
        }

        var spent = fill.Side == Side.Buy ? rules.QuoteAsset : rules.BaseAsset;
        (var own, _outside) = HandTrade.Divide(fill, rules, _outside, _balances.Of(spent));
        return own;
    }
}
