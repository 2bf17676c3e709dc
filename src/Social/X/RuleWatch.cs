using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.X;

/// <summary>Compares the rules with X's in an interval, and opens a gap where one of ours was missing.</summary>
internal sealed class RuleWatch(RuleSync rules, PostIntake intake, XOptions options, TimeProvider time)
{
    private BudgetLevel? _level;
    private long _comparedAt;
    private Timestamp? _wereOursAt;

    public bool IsDue(BudgetLevel level) => _level != level || time.GetElapsedTime(_comparedAt) >= options.RuleCheck;

    /// <exception cref="Api.XApiException">X refuses a request or a rule.</exception>
    public async Task CompareAsync(BudgetLevel level, CancellationToken cancellationToken)
    {
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        _comparedAt = time.GetTimestamp();
        try
        {
            await rules.RunAsync(level == BudgetLevel.Sampled ? options.SamplePercent : null, cancellationToken);
        }
        finally
        {
            if (level == BudgetLevel.Stream && _level == level && rules.WasMissing)
            {
                intake.OpenGap(_wereOursAt);
            }
        }

        (_level, _wereOursAt) = (level, now);
    }
}
