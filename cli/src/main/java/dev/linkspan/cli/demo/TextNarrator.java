package dev.linkspan.cli.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells the story to people, 80 columns wide. */
final class TextNarrator implements Narrator {

    private static final int WIDTH = 80;
    private static final int MARGIN = 13;

    private final PrintWriter out;
    private final Paint paint;

    TextNarrator(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    @Override
    public void open() {
        out.println(paint.bold("Linkspan demo: two tenants peer their private Nets."));
        out.println("Each step shows the calls (who, what, = the answer), then what real packets did.");
        out.flush();
    }

    @Override
    public void begin(int number, String title) {
        out.println();
        out.println(paint.bold("%2d  %s".formatted(number, title)));
        out.flush();
    }

    @Override
    public void call(String who, String call, String answer) {
        entry(paint.cyan(padded(who)), call, Paint.PLAIN);
        entry(padded(""), "= " + answer, paint::dim);
    }

    @Override
    public void note(String text) {
        entry(padded(""), text, paint::dim);
    }

    @Override
    public void observed(Observation observation) {
        String label = padded("observed");
        entry(observation.ok() ? paint.yellow(label) : paint.red(label), observation.text(), Paint.PLAIN);
    }

    @Override
    public void end(Outcome outcome) {
        if (outcome.ok()) {
            entry(paint.green(padded("true")), outcome.expected(), paint::green);
        } else {
            entry(paint.red(padded("NOT TRUE")), outcome.expected(), paint::red);
        }
    }

    @Override
    public void close(int steps, int held, double seconds) {
        out.println();
        String verdict = String.format(Locale.ROOT, "%d of %d steps were true, in %.1f s.", held, steps, seconds);
        out.println(held == steps ? paint.green(verdict) : paint.red(verdict));
        out.flush();
    }

    private static String padded(String label) {
        return "    %-9s".formatted(label);
    }

    private void entry(String label, String text, Paint.Brush brush) {
        lines(label, wrapped(List.of(text.split(" ", -1))), brush);
    }

    private void lines(String label, List<String> lines, Paint.Brush brush) {
        String start = label;
        for (String line : lines) {
            out.println(start + brush.paint(line));
            start = " ".repeat(MARGIN);
        }
        out.flush();
    }

    /** As many pieces on a line as fit; lines after the first are indented. */
    private static List<String> wrapped(List<String> pieces) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String piece : pieces) {
            if (!line.isEmpty() && MARGIN + line.length() + 1 + piece.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append("  ");
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(piece);
        }
        lines.add(line.toString());
        return lines;
    }
}
