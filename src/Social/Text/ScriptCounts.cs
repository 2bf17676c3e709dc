namespace BtcAgent.Social.Text;

/// <summary>Letters of a text by script; digits, marks and emoji are not counted.</summary>
/// <param name="counts">Letters of each <see cref="Script"/>, by its value.</param>
public readonly struct ScriptCounts(int[] counts)
{
    /// <summary>Letters of one script, from 0.</summary>
    public int this[Script script] => counts is null ? 0 : counts[(int)script];

    /// <summary>The script with most letters; <see cref="Script.None"/> for a text without letters. Equal counts: the first in order.</summary>
    public Script Main
    {
        get
        {
            var main = Script.None;
            for (var i = 1; i < (counts?.Length ?? 0); i++)
            {
                if (counts![i] > this[main])
                {
                    main = (Script)i;
                }
            }

            return main;
        }
    }
}
