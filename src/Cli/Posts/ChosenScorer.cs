using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Transformers.Folders;
using BtcAgent.Social.Transformers.Scoring;

namespace BtcAgent.Cli.Posts;

/// <summary>The scorer that a command was asked for: the lexicon, or a model of a folder.</summary>
internal sealed class ChosenScorer : IDisposable
{
    private readonly IDisposable? _model;

    private ChosenScorer(ITextScorer scorer, ListedScorer listed, IDisposable? model) => (Scorer, Listed, _model) = (scorer, listed, model);

    public ITextScorer Scorer { get; }

    public ListedScorer Listed { get; }

    public static Option<string?> Option() => new("--model")
    {
        Description = "folder of a BERT or RoBERTa model with config.json, model.onnx and its vocabulary; default: the lexicon",
    };

    /// <exception cref="UsageException">The folder has no model that can be used.</exception>
    public static ChosenScorer Open(string? folder)
    {
        if (folder is null)
        {
            var lexicon = new LexiconScorer(Lexicon.Embedded);
            return new ChosenScorer(lexicon, new ListedScorer(lexicon.Id, lexicon.Hash, lexicon.Terms, [.. Enum.GetValues<ToneClass>().Select(Figures.Word)]), null);
        }

        try
        {
            var model = TransformerScorer.Open(ModelFolder.Open(folder), new TransformerOptions());
            return new ChosenScorer(new SingleScorer(model), new ListedScorer(model.Id, model.Hash, null, model.Labels), model);
        }
        catch (ModelFolderException problem)
        {
            throw new UsageException(problem.Message);
        }
    }

    public void Dispose() => _model?.Dispose();
}
