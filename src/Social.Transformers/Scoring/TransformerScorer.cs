using System.Collections.Immutable;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;
using BtcAgent.Social.Transformers.Folders;
using Microsoft.ML.OnnxRuntime;

namespace BtcAgent.Social.Transformers.Scoring;

/// <summary>
/// A transformer model of a folder, run by ONNX Runtime on the caller's thread and its own. A text's tone is Σ p·sign over the model's classes, rounded to
/// 0.0001, since the last digits depend on the batch that it is in. Not safe for several threads.
/// </summary>
public sealed class TransformerScorer : IBatchScorer, IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";
    private const int Digits = 4;

    private readonly ModelFolder _folder;
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _output;
    private readonly int _tokensMax;

    private TransformerScorer(ModelFolder folder, InferenceSession session, int tokensMax)
    {
        (_folder, _session, _tokensMax) = (folder, session, Math.Min(tokensMax, folder.Config.TokensMax));
        _inputs = [.. session.InputMetadata.Keys.Order(StringComparer.Ordinal)];
        if (_inputs.FirstOrDefault(name => name is not (Ids or Mask or Types)) is { } unknown)
        {
            throw new ModelFolderException($"model.onnx has an input '{unknown}': export the model for classification of text, with {Ids}, {Mask} and, if it has them, {Types}");
        }

        if (_inputs.Select(name => session.InputMetadata[name]).FirstOrDefault(input => input.ElementType != typeof(long)) is { } wrong)
        {
            throw new ModelFolderException($"model.onnx has an input of {wrong.ElementType.Name}: its inputs have to be int64");
        }

        _output = [session.OutputMetadata.ContainsKey("logits") ? "logits" : session.OutputMetadata.Keys.First()];
    }

    public string Id => _folder.Id;

    public string Hash => _folder.Hash;

    /// <summary>Classes of the model.</summary>
    public ImmutableArray<string> Labels => _folder.Config.Labels.Names;

    /// <summary>Opens a model and tries it with two texts.</summary>
    /// <exception cref="ModelFolderException">ONNX Runtime refuses the model, or its output does not fit to its classes.</exception>
    public static TransformerScorer Open(ModelFolder folder, TransformerOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        InferenceSession? session = null;
        try
        {
            using var settings = new SessionOptions { IntraOpNumThreads = options.Threads, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            session = new InferenceSession(folder.OnnxPath, settings);
            var scorer = new TransformerScorer(folder, session, options.TokensMax);
            scorer.Score(["Bitcoin rises", "a longer text, so that the other one is filled up"], CancellationToken.None);
            _ = folder.Hash; // A file that cannot be read is found here, not at the first post.
            return scorer;
        }
        catch (Exception problem) when (problem is OnnxRuntimeException or ScoringException or ModelFolderException or IOException or UnauthorizedAccessException)
        {
            session?.Dispose();
            throw problem as ModelFolderException ?? new ModelFolderException($"the model of '{folder.Id}' cannot be used: {problem.Message}", problem);
        }
    }

    public IReadOnlyList<ToneScore> Score(IReadOnlyList<PostText> texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Score([.. texts.Select(text => text.Read)], cancellationToken);
    }

    /// <summary>As the other one, for texts that are read already: <see cref="PostText.Read"/>.</summary>
    public IReadOnlyList<ToneScore> Score(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Count == 0 ? [] : Score([.. texts.Select(text => _folder.Tokenizer.Encode(text, _tokensMax))], cancellationToken);
    }

    public void Dispose() => _session.Dispose();

    private ToneScore[] Score(int[][] texts, CancellationToken cancellationToken)
    {
        var width = texts.Max(tokens => tokens.Length);
        long[] shape = [texts.Length, width];
        var tensors = _inputs.Select(name => OrtValue.CreateTensorValueFromMemory(Values(name, texts, width), shape)).ToArray();
        try
        {
            using var run = new RunOptions();
            using var end = cancellationToken.Register(() => run.Terminate = true);
            using var results = _session.Run(run, _inputs, tensors, _output);
            return Tones(results[0].GetTensorTypeAndShape().Shape, results[0].GetTensorDataAsSpan<float>(), texts.Length);
        }
        catch (OnnxRuntimeException problem)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ScoringException($"ONNX Runtime failed: {problem.Message}", problem);
        }
        finally
        {
            foreach (var tensor in tensors)
            {
                tensor.Dispose();
            }
        }
    }

    private long[] Values(string input, int[][] texts, int width)
    {
        var values = new long[texts.Length * width];
        if (input == Types)
        {
            return values; // All of one sentence.
        }

        Array.Fill(values, input == Ids ? _folder.Config.PadToken : 0);
        for (var row = 0; row < texts.Length; row++)
        {
            for (var column = 0; column < texts[row].Length; column++)
            {
                values[(row * width) + column] = input == Ids ? texts[row][column] : 1;
            }
        }

        return values;
    }

    private ToneScore[] Tones(long[] shape, ReadOnlySpan<float> logits, int texts)
    {
        var labels = _folder.Config.Labels;
        if (shape is not [var rows, var columns] || rows != texts || columns != labels.Names.Length)
        {
            throw new ScoringException(
                $"the model's output has the shape [{string.Join(", ", shape)}], where [{texts}, {labels.Names.Length}] was expected: one value for each class of id2label");
        }

        var tones = new ToneScore[texts];
        for (var row = 0; row < texts; row++)
        {
            tones[row] = Tone(labels, logits.Slice(row * labels.Names.Length, labels.Names.Length));
        }

        return tones;
    }

    private static ToneScore Tone(ToneLabels labels, ReadOnlySpan<float> logits)
    {
        var greatest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            if (!float.IsFinite(logit))
            {
                throw new ScoringException("the model's output is not finite");
            }

            greatest = Math.Max(greatest, logit);
        }

        var shares = new double[logits.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = Math.Exp(logits[i] - greatest);
        }

        var sum = shares.Sum();
        var (tone, best) = (0.0, 0);
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= sum;
            tone += shares[i] * labels.Signs[i];
            best = shares[i] > shares[best] ? i : best;
        }

        var even = 1.0 / shares.Length;
        return new ToneScore(
            Math.Round(tone, Digits),
            Math.Round((shares[best] - even) / (1 - even), Digits),
            labels.Signs[best] switch { > 0 => ToneClass.Positive, < 0 => ToneClass.Negative, _ => ToneClass.Neutral },
            [.. labels.Names.Select((name, i) => new ScoredTerm(name, Math.Round(shares[i], Digits), "share"))]);
    }
}
