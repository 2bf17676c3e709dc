using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Doctor;

/// <summary>Whether the venue's API key may trade, and nothing more.</summary>
internal sealed class VenueKeyExamination : IExamination
{
    private const string Page = "the venue's page API Management";

    /// <summary>How long before its end a key is reported.</summary>
    private static readonly TimeSpan EndsSoon = TimeSpan.FromDays(14);

    public string Name => "venue-key";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        if (!agent.TradesAtBinance)
        {
            return [];
        }

        using var binance = new BinanceAccess(agent);
        try
        {
            var session = binance.OpenSession();
            if (agent.Settings.Venue == VenueKind.BinanceTestnet)
            {
                return [Finding.Ok(Name, "the key can be read; the test network does not report its rights")];
            }

            return [.. Judge(await BinanceKeyRights.ReadAsync(session, cancellationToken), agent.Time.GetUtcNow())];
        }
        catch (BinanceCredentialsException e)
        {
            return [Finding.Problem(Name, e.Message, "give the key as in docs/operating.md, Real orders")];
        }
        catch (ExecutionVenueException e)
        {
            return [Finding.Problem(Name, e.Message, $"compare key, secret and allowed addresses with {Page}")];
        }
    }

    internal static IEnumerable<Finding> Judge(KeyRights rights, DateTimeOffset now)
    {
        yield return rights.MayTrade
            ? Finding.Ok("venue-key", "the key may trade spot")
            : Finding.Problem("venue-key", "the key may not trade spot", $"enable spot trading for it on {Page}");
        yield return rights.MayWithdraw
            ? Finding.Problem("venue-key-withdraw", "the key may withdraw", $"disable withdrawals for it on {Page}: with the key, a thief could take the money")
            : Finding.Ok("venue-key-withdraw", "the key may not withdraw");
        yield return rights.IsBoundToAddresses
            ? Finding.Ok("venue-key-address", "the key works from listed addresses only")
            : Finding.Warning("venue-key-address", "the key works from every address", $"restrict it to this machine's address on {Page}; unrestricted keys also expire");
        if (rights.MayTransfer)
        {
            yield return Finding.Warning("venue-key-transfer", "the key may transfer between accounts", $"disable transfers for it on {Page}: the agent needs none");
        }

        if (rights.TradingEndsAt is { } end)
        {
            yield return end <= now
                ? Finding.Problem("venue-key-expiry", $"the key's right to trade ended at {end.UtcDateTime:u}", $"renew it on {Page}")
                : end - now < EndsSoon
                    ? Finding.Warning("venue-key-expiry", $"the key's right to trade ends at {end.UtcDateTime:u}", $"renew it on {Page}")
                    : Finding.Ok("venue-key-expiry", $"the key may trade until {end.UtcDateTime:u}");
        }
    }
}
