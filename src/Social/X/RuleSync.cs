using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.X;

/// <summary>
/// Makes X's rules ours: adds the missing ones, then deletes those of ours that are stale. Ours have a tag prefix; all others are left alone. A query that
/// another program already has as a rule is not added, since X refuses the same query twice: its posts are taken from that rule.
/// </summary>
internal sealed class RuleSync(XClient client, XOptions options, Tally tally)
{
    private HashSet<string>? _ids;

    /// <summary>Whether one of our rules was missing at X when they were last compared: posts that only it matches did not come.</summary>
    public bool WasMissing { get; private set; }

    /// <summary>Whether a post belongs to us; true when X does not say by which rules it came.</summary>
    public bool IsOurs(XPost post) => post.Rules is not { Count: > 0 } rules || _ids is null || rules.Any(_ids.Contains);

    /// <param name="samplePercent">Share of the posts; null for all.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public async Task RunAsync(int? samplePercent, CancellationToken cancellationToken)
    {
        var suffix = samplePercent is { } percent ? $" sample:{percent}" : "";
        var wanted = options.RulesOrDefault
            .Select(rule => new XRule("", options.RuleTagPrefix + rule.Key, (suffix.Length > 0 ? $"({rule.Value}){suffix}" : rule.Value)))
            .ToList();
        WasMissing = false;
        var present = await client.GetRulesAsync(cancellationToken);
        var missing = wanted.Where(rule => !present.Any(other => Serves(other, rule))).ToList();
        var stale = present.Where(other => IsTagged(other) && !wanted.Any(rule => Serves(other, rule))).ToList();

        // X refuses a query that a stale rule of ours still has under another tag.
        var blocking = stale.Where(other => missing.Any(rule => rule.Value == other.Value)).ToList();
        await DeleteAsync(blocking, cancellationToken);
        if (missing.Count > 0)
        {
            WasMissing = true;
            var added = await client.AddRulesAsync(missing, cancellationToken);
            _ids = [.. _ids ?? [], .. added.Concat(present).Where(other => wanted.Any(rule => Serves(other, rule))).Select(rule => rule.Id)];
            tally.Change(counters => counters with { RuleChanges = counters.RuleChanges + missing.Count });
        }

        await DeleteAsync([.. stale.Except(blocking)], cancellationToken);
        if (missing.Count + stale.Count > 0)
        {
            present = await client.GetRulesAsync(cancellationToken);
        }

        _ids = [.. present.Where(other => wanted.Any(rule => Serves(other, rule))).Select(rule => rule.Id)];
        if (wanted.FirstOrDefault(rule => !present.Any(other => Serves(other, rule))) is { } lost)
        {
            throw new XApiException(XFailure.Http, $"X did not accept the rule {lost.Tag}: check its operators");
        }
    }

    private async Task DeleteAsync(List<XRule> rules, CancellationToken cancellationToken)
    {
        if (rules.Count > 0)
        {
            await client.DeleteRulesAsync(rules.Select(rule => rule.Id), cancellationToken);
            tally.Change(counters => counters with { RuleChanges = counters.RuleChanges + rules.Count });
        }
    }

    private bool IsTagged(XRule rule) => rule.Tag.StartsWith(options.RuleTagPrefix, StringComparison.Ordinal);

    private bool Serves(XRule other, XRule wanted) => other.Value == wanted.Value && (other.Tag == wanted.Tag || !IsTagged(other));
}
