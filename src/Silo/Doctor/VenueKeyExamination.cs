using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Silo.Secrets;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Secrets;

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
        if (VenueKey.Of(agent.Settings, agent.Configuration) is not { } key)
        {
            return [];
        }

        using var binance = new BinanceAccess(agent);
        try
        {
            key.DemandClosed();
            var session = binance.OpenSession(await key.LoadAsync(cancellationToken));
            return agent.Settings.Venue == VenueKind.BinanceTestnet
                ? [AtRest(key, isLive: false), Finding.Ok(Name, "the key can be read; the test network does not report its rights")]
                : [AtRest(key, isLive: true), .. Judge(await BinanceKeyRights.ReadAsync(session, cancellationToken), agent.Time.GetUtcNow())];
        }
        catch (Exception e) when (e is SecretException or StartupException)
        {
            return [Finding.Problem("venue-key-at-rest", e.Message, "the agent refuses to start with it: see docs/security.md, The venue's key")];
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

    private static Finding AtRest(VenueKey key, bool isLive)
    {
        const string Check = "venue-key-at-rest";
        if (!key.IsSealed)
        {
            var where = string.Join(", ", key.InClear);
            return isLive
                ? Finding.Warning(Check, $"the key is not encrypted ({where})", "store it with 'btcagent keys venue set', then remove these settings")
                : Finding.Ok(Check, $"the key is not encrypted ({where}); it opens no real money");
        }

        return key.Source.KeyFile is { Length: > 0 } file && Path.GetDirectoryName(Path.GetFullPath(file)) == Path.GetDirectoryName(key.File)
            ? Finding.Warning(Check, $"the key-encryption key '{file}' is in the same folder as '{key.File}'", "keep it elsewhere, or print it with a command: a copy of the folder contains both")
            : Finding.Ok(Check, $"the key is sealed in '{key.File}', and {key.Source.Name} opens it");
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
