using System.Text;
using BtcAgent.Silo.Settings;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Transformers.Folders;
using BtcAgent.Social.Transformers.Scoring;

namespace BtcAgent.Silo.Scorers;

/// <summary>
/// A process that judges tones, started by the one that reads posts: batches of texts on standard input, their tones on standard output. Its end of the input
/// ends it. Texts are in no log and no file.
/// </summary>
internal static class ScorerRole
{
    /// <returns>An exit code.</returns>
    public static int Run(string folder, AgentSettings settings, Stream input, Stream output)
    {
        var options = new ConfigurationBuilder().AddInMemoryCollection(settings.Overrides).Build().GetSection(TransformerOptions.Section).Get<TransformerOptions>() ?? new();
        using var lines = new StreamReader(input, Encoding.UTF8);
        using var answers = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        TransformerScorer scorer;
        try
        {
            scorer = TransformerScorer.Open(ModelFolder.Open(folder), options);
        }
        catch (ModelFolderException problem)
        {
            answers.WriteLine(new ScorerLine { Failed = problem.Message }.ToJson());
            return ExitCodes.Failed;
        }

        using (scorer)
        {
            answers.WriteLine(new ScorerLine { Id = scorer.Id, Hash = scorer.Hash, Labels = scorer.Labels }.ToJson());
            while (lines.ReadLine() is { } line)
            {
                answers.WriteLine(Answer(scorer, line).ToJson());
            }
        }

        return ExitCodes.Ok;
    }

    private static ScorerLine Answer(TransformerScorer scorer, string line)
    {
        if (ScorerLine.Parse(line) is not { Texts: { } texts } request)
        {
            return new ScorerLine { Failed = "not a batch of texts" };
        }

        try
        {
            return new ScorerLine { Batch = request.Batch, Tones = [.. scorer.Score([.. texts], CancellationToken.None)] };
        }
        catch (ScoringException problem)
        {
            return new ScorerLine { Batch = request.Batch, Failed = problem.Message };
        }
        catch (Exception problem)
        {
            // Its message could quote a text; and one text must not end the process for all.
            return new ScorerLine { Batch = request.Batch, Failed = problem.GetType().Name };
        }
    }
}
