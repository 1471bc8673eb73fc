package dev.linkspan.server.api.ec2;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import dev.linkspan.server.api.call.OutscaleWords;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of the OUTSCALE API that EC2's clients do not know, as far as they can be told from words of the language. */
final class OutscaleTerms {

    private static final Pattern PATTERN = Pattern.compile("\\b(?:%s)\\b".formatted(String.join("|", terms())));

    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    private OutscaleTerms() {}

    private static Set<String> terms() {
        List<Term> all = Stream.<Term>concat(Stream.of(Parameter.values()), Stream.of(Noun.values()))
                .toList();
        Set<String> ofEc2 = all.stream().map(Ec2Words.WORDS::of).collect(Collectors.toSet());
        // Of Subnets, where the other API has the word for machines.
        ofEc2.add("MapPublicIpOnLaunch");
        // Of the block devices of images and machines, where a volume that is linked has another word.
        ofEc2.add("DeviceName");
        return all.stream()
                .map(OutscaleWords.WORDS::of)
                .filter(word -> !ofEc2.contains(word))
                .map(Pattern::quote)
                .collect(Collectors.toSet());
    }

    /** Those in this text, but for what it quotes. */
    static List<String> in(String text) {
        return PATTERN.matcher(QUOTED.matcher(text).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
