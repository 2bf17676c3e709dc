using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Signals;

/// <summary>A trained model in service and its watch.</summary>
/// <param name="Model">Its opened scorer.</param>
/// <param name="Watch">Its watch.</param>
internal sealed record WatchedModel(ITrainedModel Model, ModelWatch Watch);
