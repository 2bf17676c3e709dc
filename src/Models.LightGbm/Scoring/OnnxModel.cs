using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace BtcAgent.Models.LightGbm.Scoring;

/// <summary>
/// The session of one model version, shared by its scorers. Runs on the caller's thread and never spins. May be disposed at
/// any time: the session ends with the last scorer.
/// </summary>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OnnxSignature _signature;
    private int _holders = 1;
    private int _disposed;

    private OnnxModel(InferenceSession session)
    {
        _session = session;
        _signature = OnnxSignature.Read(session);
        Metadata = session.ModelMetadata.CustomMetadataMap.ToImmutableSortedDictionary(StringComparer.Ordinal);
        FeatureNames = [.. Metadata.GetValueOrDefault(OnnxMetadata.FeatureNames, "").Split(' ')];
        if (FeatureNames.Length != _signature.Features)
        {
            throw new ModelRefusedException(
                $"the model names {FeatureNames.Length} features, but reads {_signature.Features}; convert it again");
        }
    }

    /// <summary>Values per row.</summary>
    public int Features => _signature.Features;

    /// <summary>Scores per row: 1, or the number of classes.</summary>
    public int Outputs => _signature.Outputs;

    /// <summary>Feature names in input order.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>Metadata under the keys of <see cref="OnnxMetadata"/> and the caller's own.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <param name="onnx">A file made by <see cref="OnnxConverter"/>.</param>
    /// <exception cref="ModelRefusedException">The bytes do not match their seal, or the shapes are wrong.</exception>
    public static OnnxModel Open(byte[] onnx)
    {
        ArgumentNullException.ThrowIfNull(onnx);
        if (!OnnxSeal.Holds(onnx))
        {
            throw new ModelRefusedException(
                "the ONNX file is damaged, or was not made by this agent: its bytes do not match the hash that seals"
                + " it; convert the model text again");
        }

        InferenceSession? session = null;
        try
        {
            using var options = Options();
            session = new InferenceSession(onnx, options);
            return new OnnxModel(session);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or ModelRefusedException)
        {
            session?.Dispose();
            throw exception as ModelRefusedException
                ?? new ModelRefusedException("ONNX Runtime refuses the model: " + exception.Message, exception);
        }
    }

    /// <summary>Creates a scorer for one caller; it keeps the session alive until it is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The model and all its scorers are disposed.</exception>
    public OnnxScorer CreateScorer()
    {
        Hold();
        return new OnnxScorer(this);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Release();
        }
    }

    internal BoundRows Bind(int rows) => new(_session, _signature, rows);

    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _session.Dispose();
        }
    }

    private void Hold()
    {
        var holders = Volatile.Read(ref _holders);
        while (true)
        {
            ObjectDisposedException.ThrowIf(holders == 0, this);
            var before = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (before == holders)
            {
                return;
            }

            holders = before;
        }
    }

    private static SessionOptions Options()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        return options;
    }
}
