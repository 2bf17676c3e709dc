using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>From LightGBM's text to an ONNX file that has passed the parity gate against native LightGBM.</summary>
public static class ForestConversion
{
    /// <param name="text">LightGBM's model text.</param>
    /// <param name="seed">Of the gate's rows.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <exception cref="ModelRefusedException">Any row took another branch, or its score differs too much.</exception>
    public static (byte[] Onnx, ParitySummary Parity) Convert(string text, int seed, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{text.Length} {seed} {cancellationToken}");
}
