<?xml version="1.0" encoding="UTF-8"?>
<!--
  Questions that every output asks of an element. No templates and no modes here, so any stylesheet may
  import it. The prefix f is for functions; attributes with the prefix made are made by number.xsl.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:teipress:functions"
  xmlns:made="urn:teipress:made"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="by-id" match="*[@xml:id]" use="@xml:id"/>
  <xsl:key name="by-who" match="respStmt[@xml:id]" use="'#' || @xml:id"/>

  <!-- The side of the entry (translation, transcription) in which a node stands; where the entry has no
       sides, the outermost text. -->
  <xsl:function name="f:side" as="element()">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="($node/ancestor-or-self::div[@type = 'entry'][1], $node/ancestor-or-self::text[last()],
                           root($node)/*)[1]"/>
  </xsl:function>

  <!-- What a note is to the reader:
         foot        numbered, called in the line, shown beside or below it
         commentary  the editors' words as paragraphs of their own in the run of the text
         inline      the editors' words in the middle of a sentence
         block       any other note that stands between paragraphs
       Everything that is asked later is asked of made:kind, which number.xsl sets to this. -->
  <xsl:function name="f:note-kind" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="between-blocks" as="xs:boolean" select="exists($note/(parent::div | parent::div1 | parent::div2
        | parent::div3 | parent::div4 | parent::body | parent::front | parent::back | parent::noteGrp | parent::sp
        | parent::postscript | parent::group | parent::text))"/>
    <xsl:variable name="beside" as="xs:boolean"
      select="$note/@place = ('end', 'foot', 'bottom', 'margin', 'left', 'right', 'opposite', 'overleaf')"/>
    <xsl:sequence select="
      if ($note/@type = 'commentary' and ($between-blocks or $note/(p | list | lg | table))) then 'commentary'
      else if ($between-blocks and not($beside)) then 'block'
      else if ($note/@type = 'commentary' or $note/@place = 'inline') then 'inline'
      else 'foot'"/>
  </xsl:function>

  <!-- Whether an element stands between lines rather than in one. -->
  <xsl:function name="f:block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(self::p | self::ab | self::list | self::table | self::lg | self::l | self::figure
        | self::sp | self::div | self::floatingText | self::listBibl | self::listPerson | self::listPlace | self::eg
        | self::quote[p | lg | l | list] | self::q[p | lg | l | list] | self::said[p] | self::cit[quote[p | lg | l]]
        | self::note[@made:kind = ('commentary', 'block')] | self::opener | self::closer | self::postscript))"/>
  </xsl:function>

  <!-- Whether a page or line break must be given a space, because nothing else parts the words around it. -->
  <xsl:function name="f:parts-words" as="xs:boolean">
    <xsl:param name="break" as="element()"/>
    <xsl:variable name="before" as="text()?" select="$break/preceding-sibling::node()[not(self::comment())][1][self::text()]"/>
    <xsl:variable name="after" as="text()?" select="$break/following-sibling::node()[not(self::comment())][1][self::text()]"/>
    <xsl:sequence select="not($break/@break = ('no', 'maybe')) and matches($before, '\S$') and matches($after, '^\S')"/>
  </xsl:function>

  <!-- How the source or the print showed an element, as names from a closed list: italic bold smallcaps sup sub
       underline strike spaced center right indent. Reads rend, style, and rendition with its definitions. -->
  <xsl:function name="f:rend" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="definitions" as="element()*"
      select="for $r in tokenize($element/@rendition) return key('by-id', substring-after($r, '#'), root($element))"/>
    <xsl:variable name="said" as="xs:string"
      select="lower-case(string-join(($element/@rend, $element/@rendition, $element/@style, $definitions ! string()), ' '))"/>
    <xsl:sequence select="
      if (matches($said, 'ital|(^|\W)it?($|\W)|aq|oblique')) then 'italic' else (),
      if (matches($said, 'bold|(^|\W)b($|\W)|fett')) then 'bold' else (),
      if (matches($said, 'small.?cap|(^|\W)(sc|k)($|\W)|kapit')) then 'smallcaps' else (),
      if (matches($said, 'super|(^|\W)sup($|\W)|hoch')) then 'sup' else (),
      if (matches($said, '(^|\W)subs|(^|\W)sub($|\W)|tief')) then 'sub' else (),
      if (matches($said, 'underl|(^|\W)u($|\W)|unterstr')) then 'underline' else (),
      if (matches($said, 'strike|line.through|durchstr')) then 'strike' else (),
      if (matches($said, 'spaced|spacing|gesperrt|(^|\W)g($|\W)|sperr')) then 'spaced' else (),
      if (matches($said, 'cent(er|re)')) then 'center' else (),
      if (matches($said, '(^|\W)right')) then 'right' else (),
      if (matches($said, 'indent|einzug')) then 'indent' else ()"/>
  </xsl:function>

  <!-- The direction in which a language is written; a script subtag decides before the language does. -->
  <xsl:function name="f:direction" as="xs:string">
    <xsl:param name="language" as="xs:string?"/>
    <xsl:variable name="tags" as="xs:string*" select="tokenize(lower-case($language), '-')"/>
    <xsl:variable name="script" as="xs:string?" select="$tags[position() gt 1][string-length(.) = 4][1]"/>
    <xsl:sequence select="
      if (exists($script)) then (if ($script = ('arab', 'hebr', 'syrc', 'thaa', 'nkoo', 'adlm')) then 'rtl' else 'ltr')
      else if ($tags[1] = ('ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ji', 'ks', 'ota', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi')) then 'rtl'
      else 'ltr'"/>
  </xsl:function>

  <!-- Whether the program decided this and was not sure. -->
  <xsl:function name="f:doubtful" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@cert = ('medium', 'low', 'unknown')"/>
  </xsl:function>

  <!-- Says that no template handles an element: one message, `unhandled`, the name, the path, parted by tabs. -->
  <xsl:function name="f:report-unhandled" as="empty-sequence()">
    <xsl:param name="element" as="element()"/>
    <xsl:message select="string-join(('unhandled', name($element), path($element)), '&#9;')"/>
  </xsl:function>
</xsl:stylesheet>
