using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Tests.Risk;

namespace BtcAgent.Domain.Tests.Strategies;

internal static class StrategyFixture
{
    public static readonly Timestamp Start = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    public static FeatureSchema Schema(int barSeconds) => FeatureSchema.Create(new FeatureOptions { BarIntervalMs = barSeconds * 1_000 });

    /// <summary>A strategy created as settings would, with agent bars of this length.</summary>
    public static T Created<T>(Func<T> create, int agentBarSeconds = 1)
        where T : Strategy => (T)new StrategyDefinition("tried", "", [], _ => create())
            .Create(new Dictionary<string, double>(), Schema(agentBarSeconds));

    /// <summary>A bar that opens at this second; volume 0 is an interval without trades.</summary>
    public static Bar BarAt(int second, decimal close, int seconds = 1, decimal volume = 2, decimal range = 0) => new(
        Start + TimeSpan.FromSeconds(second),
        TimeSpan.FromSeconds(seconds),
        PriceOf(close),
        PriceOf(close + range),
        PriceOf(close - range),
        PriceOf(close),
        Quantity.FromDecimal(volume),
        Quantity.FromDecimal(volume / 2),
        volume * close,
        volume == 0 ? 0 : 3);

    public static ModelScore Score(ISignalModel model, params ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly var bar in bars)
        {
            model.OnBar(in bar);
        }

        return model.Score(RiskFixture.Sample());
    }

    public static byte[] Saved(IStateful state)
    {
        var writer = new StateWriter();
        state.Save(writer);
        return writer.Written.ToArray();
    }

    public static T Loaded<T>(T fresh, byte[] state)
        where T : IStateful
    {
        var reader = new StateReader(state);
        fresh.Load(reader);
        reader.End();
        return fresh;
    }

    private static Price PriceOf(decimal value) => Price.FromDecimal(value);
}
