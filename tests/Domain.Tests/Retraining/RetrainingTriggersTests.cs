using BtcAgent.Domain.Retraining;

namespace BtcAgent.Domain.Tests.Retraining;

public sealed class RetrainingTriggersTests
{
    private static readonly TimeSpan CoolDown = TimeSpan.FromHours(12);

    /// <summary>A model of data that end in the past is too old at once: its trigger must not train without end.</summary>
    [Fact]
    public void CoolsUntil_ConditionThatLasts_FiresOncePerCoolDown()
    {
        var triggers = RetrainingTriggers.None;
        var fired = 0;
        for (var minute = 0; minute < 48 * 60; minute++)
        {
            var now = Jobs.Start + TimeSpan.FromMinutes(minute);
            if (triggers.CoolsUntil("a", TrainingTrigger.ModelAge, CoolDown, now) is null)
            {
                triggers = triggers.Fire("a", TrainingTrigger.ModelAge, now);
                fired++;
            }
        }

        Assert.Equal(4, fired);
    }

    [Fact]
    public void CoolsUntil_OtherTriggerOrStrategy_IsIndependent()
    {
        var triggers = RetrainingTriggers.None.Fire("a", TrainingTrigger.FeatureDrift, Jobs.Start);

        Assert.Equal(Jobs.Start + CoolDown, triggers.CoolsUntil("a", TrainingTrigger.FeatureDrift, CoolDown, Jobs.Start));
        Assert.Null(triggers.CoolsUntil("b", TrainingTrigger.FeatureDrift, CoolDown, Jobs.Start));
        Assert.Null(triggers.CoolsUntil("a", TrainingTrigger.Performance, CoolDown, Jobs.Start));
    }

    [Fact]
    public void CoolsUntil_ClockSteppedBackFar_EndsTheCoolDown()
    {
        var triggers = RetrainingTriggers.None.Fire("a", TrainingTrigger.FeatureDrift, Jobs.Start);

        Assert.NotNull(triggers.CoolsUntil("a", TrainingTrigger.FeatureDrift, CoolDown, Jobs.Start - TimeSpan.FromHours(1)));
        Assert.Null(triggers.CoolsUntil("a", TrainingTrigger.FeatureDrift, CoolDown, Jobs.Start - TimeSpan.FromHours(13)));
    }
}
