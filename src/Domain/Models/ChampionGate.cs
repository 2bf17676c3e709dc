namespace BtcAgent.Domain.Models;

/// <summary>
/// Decides whether a model may trade by its verdict. A model that does not survive, or was never judged, trades real money only
/// with a named person's override, and on paper only by setting.
/// </summary>
/// <param name="RealMoney">True if the agent's orders cost real money.</param>
/// <param name="UnprovenTradesOnPaper">The setting for paper.</param>
public readonly record struct ChampionGate(bool RealMoney, bool UnprovenTradesOnPaper)
{
    /// <summary>Why the model may not trade, and what to do; null if it may.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isOverridden">True if a named person has overridden the verdict for this model.</param>
    public string? WhyNot(ModelDescription model, bool isOverridden)
    {
        var verdict = model.Verdict ?? Verdict.NotJudged;
        if (verdict.Survives || (RealMoney ? isOverridden : UnprovenTradesOnPaper))
        {
            return null;
        }

        var remedy = RealMoney
            ? "to trade real money with it, move it to champion with override.person and override.reason"
            : "to trade it on paper, set Agent:UnprovenModelsTrade=true";
        return $"the verdict of model {model.Id} is not 'survives': {verdict.Headline()} Train a better one; {remedy}";
    }
}
