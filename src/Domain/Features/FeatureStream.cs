using System.Runtime.CompilerServices;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;

namespace BtcAgent.Domain.Features;

/// <summary>
/// Feeds a pipeline from an instrument's stream, the same way in every host: resets the pipeline for a new feed, keeps repeats
/// from it, and takes the sample that an event completes before applying the event.
/// </summary>
/// <param name="pipeline">Fed by this stream alone.</param>
/// <param name="stream">At the same place in the market data as the pipeline.</param>
public sealed class FeatureStream(FeaturePipeline pipeline, InstrumentStream stream)
{
    public FeaturePipeline Pipeline => pipeline;

    public InstrumentStream Stream => stream;

    /// <summary>Counters of the pipeline, with the repeats and gaps of the stream.</summary>
    public PipelineCounters Counters => pipeline.Counters with { Duplicates = stream.Repeats, SequenceHoles = stream.Missing };

    /// <summary>
    /// Whether the event that <see cref="MoveNext"/> moved to was applied before its batch failed and came again.
    /// </summary>
    public bool IsApplied => stream.Current.Sequence <= pipeline.LastSequence;

    /// <summary>Opens a batch; <see cref="MoveNext"/> then moves through its new events.</summary>
    /// <returns>False when it has no new events.</returns>
    public bool Open(MarketDataBatch batch)
    {
        if (!stream.Open(batch))
        {
            return false;
        }

        if (stream.HasBegun)
        {
            pipeline.Reset();
        }

        return true;
    }

    /// <summary>
    /// Moves to the next new event, which <see cref="Apply()"/> then applies; false after the last one of the batch.
    /// </summary>
    /// <param name="sample">The state before the event, when its time reaches the next sampling instant.</param>
    public bool MoveNext(out FeatureSample? sample)
    {
        sample = null;
        if (!stream.MoveNext(pipeline.Synchronizer.IsInSync))
        {
            return false;
        }

        if (!IsApplied)
        {
            pipeline.TrySample(in stream.Current, out sample);
        }

        return true;
    }

    /// <summary>Applies the event that <see cref="MoveNext"/> moved to.</summary>
    /// <returns>False when the event's venue time is implausible: pass the event on without a time.</returns>
    public bool Apply() => IsApplied || pipeline.Apply(in stream.Current, stream.Levels);

    /// <summary>
    /// Undoes the open batch, which failed and will be delivered again; what was applied of it is not applied twice.
    /// </summary>
    public void GoBack() => stream.GoBack();

    /// <summary>
    /// As <see cref="MoveNext"/> for an event without a batch, such as those of a tape: false for a repeat, which must not be
    /// applied.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Takes(in MarketEvent marketEvent, out FeatureSample? sample)
    {
        if (!stream.Takes(in marketEvent))
        {
            sample = null;
            return false;
        }

        pipeline.TrySample(in marketEvent, out sample);
        return true;
    }

    /// <summary>Applies an event that <see cref="Takes(in MarketEvent, out FeatureSample?)"/> has taken.</summary>
    /// <returns>As <see cref="Apply()"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Apply(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels) => pipeline.Apply(in marketEvent, levels);

    /// <summary>
    /// Continues with a new feed after a short time without one: the book is unknown, and the windows continue as if the market
    /// had paused.
    /// </summary>
    /// <param name="epoch">Epoch of the new feed.</param>
    public void ContinueAfterGap(long epoch)
    {
        pipeline.ContinueAfterGap();
        stream.Adopt(epoch);
    }
}
